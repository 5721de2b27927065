/** A bucket of an S3-compatible store (Amazon, MinIO, Garage, Ceph). Nothing leaves this house unencrypted. */
import type { S3Client } from '@aws-sdk/client-s3'
import { Failure } from '../failure.ts'
import type { Bucket, Lying } from './media-place.ts'

export type BucketSettings = {
  /** `https://host/bucket`, with a prefix behind it where several houses share a bucket. */
  readonly url: string
  readonly region: string
  readonly key: string
  readonly secret: string
}

const triesEach = 3
const answerMilliseconds = 60_000

/** Opens a bucket; nothing is called before the first file. The library is large: only whoever has a bucket loads it. */
export async function openBucket(settings: BucketSettings): Promise<Bucket & { close(): void }> {
  const s3 = await import('@aws-sdk/client-s3')
  const { origin, pathname } = new URL(settings.url)
  const [bucket = '', ...folders] = pathname.split('/').filter((part) => part !== '')
  const prefix = folders.map((folder) => `${folder}/`).join('')
  const client: S3Client = new s3.S3Client({
    endpoint: origin,
    region: settings.region,
    credentials: { accessKeyId: settings.key, secretAccessKey: settings.secret },
    // The name of the bucket in the path works with every kind of store, and with a certificate for one host.
    forcePathStyle: true,
    maxAttempts: triesEach,
    requestHandler: { requestTimeout: answerMilliseconds, connectionTimeout: 10_000 },
    // Stores other than Amazon's refuse the newer checksums that nobody asked for.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const at = (name: string) => ({ Bucket: bucket, Key: prefix + name })
  return {
    async read(name) {
      try {
        const { Body } = await client.send(new s3.GetObjectCommand(at(name)))
        return Body ? Buffer.from(await Body.transformToByteArray()) : undefined
      } catch (error) {
        if (error instanceof s3.NoSuchKey || nameOf(error) === 'NotFound') return undefined
        throw unreachable(error)
      }
    },
    async write(name, bytes) {
      const put = new s3.PutObjectCommand({
        ...at(name),
        Body: bytes,
        ContentType: 'application/octet-stream',
      })
      await client.send(put).catch(refused)
    },
    async remove(name) {
      await client.send(new s3.DeleteObjectCommand(at(name))).catch(refused)
    },
    async *list() {
      let token: string | undefined
      do {
        const page = await client
          .send(
            new s3.ListObjectsV2Command({
              ...{ Bucket: bucket, Prefix: prefix },
              ...(token === undefined ? {} : { ContinuationToken: token }),
            }),
          )
          .catch(refused)
        yield (page.Contents ?? []).flatMap(({ Key, LastModified }): Lying[] =>
          Key && LastModified ? [{ name: Key.slice(prefix.length), at: LastModified }] : [],
        )
        token = page.NextContinuationToken
      } while (token !== undefined)
    },
    close: () => client.destroy(),
  }
}

function refused(error: unknown): never {
  throw unreachable(error)
}

/** The store's own word for it, and nothing of its addresses and keys. */
function unreachable(error: unknown): Failure {
  return new Failure('media:unreachable', { theirs: nameOf(error) })
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}
