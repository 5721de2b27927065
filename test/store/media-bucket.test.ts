/** Files in a bucket of an S3-compatible store: kept, read, listed and removed like those on disk. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBucket } from '../../src/store/media-bucket.ts'
import {
  listAt,
  type MediaPlace,
  nameOfFile,
  readAt,
  removeAt,
  writeAt,
} from '../../src/store/media-place.ts'
import { key, region, secret, startS3 } from './s3.ts'

let s3: Awaited<ReturnType<typeof startS3>>
let bucket: Awaited<ReturnType<typeof openBucket>>
let folder: string
beforeAll(async () => {
  s3 = await startS3()
  bucket = await openBucket({ url: s3.url, region, key, secret })
  folder = await mkdtemp(join(tmpdir(), 'baro-place-'))
})
afterAll(async () => {
  bucket.close()
  await s3.close()
  await rm(folder, { recursive: true, force: true })
})

const names = async (place: MediaPlace) => {
  const all: string[] = []
  for await (const some of listAt(place)) all.push(...some.map(({ name }) => name))
  return all.toSorted()
}

test.each(['a folder', 'a bucket'] as const)(
  '%s gives back what was put there, and nothing else',
  async (which) => {
    const place = which === 'a bucket' ? bucket : folder
    const ids = [1, 2, 3].map((n) => `0192f0c0-0000-7000-8000-0000000000a${n}`)
    const bytes = Buffer.from([0, 1, 2, 255])
    for (const id of ids) await writeAt(place, nameOfFile(id), bytes)
    await writeAt(place, nameOfFile(ids[0] ?? '', 'preview'), Buffer.from('small'))
    expect(await readAt(place, nameOfFile(ids[1] ?? ''))).toEqual(bytes)
    expect(await readAt(place, 'zz/none')).toBeUndefined()
    expect(await names(place)).toEqual(
      [...ids.map((id) => nameOfFile(id)), nameOfFile(ids[0] ?? '', 'preview')].toSorted(),
    )
    await removeAt(place, nameOfFile(ids[0] ?? '', 'preview'))
    await removeAt(place, 'zz/none')
    expect(await names(place)).toEqual(ids.map((id) => nameOfFile(id)).toSorted())
  },
)

describe('a bucket', () => {
  test('keeps everything under the prefix of this house', () => {
    expect([...s3.kept.keys()].every((name) => name.startsWith('/files/mali/'))).toBe(true)
    expect(s3.statuses).not.toContain(403)
  })

  test('is tried again when it is busy', async () => {
    s3.trouble.left = 1
    await writeAt(bucket, 'aa/busy', Buffer.from('x'))
    expect(await readAt(bucket, 'aa/busy')).toEqual(Buffer.from('x'))
  })

  test('that refuses the key is unreachable and not empty, and nothing is told but its word', async () => {
    const other = await openBucket({ url: s3.url, region, key, secret: 'wrong' })
    const refused = { code: 'media:unreachable', facts: { theirs: 'SignatureDoesNotMatch' } }
    await expect(other.read('aa/busy')).rejects.toMatchObject(refused)
    await expect(other.write('aa/more', Buffer.from('x'))).rejects.toMatchObject(refused)
    other.close()
    expect(s3.kept.has('/files/mali/aa/more')).toBe(false)
  })
})
