/** Opening and closing as an operator meets it: on an empty folder, after power cuts, as root and as anybody else. */
import { spawnSync } from 'node:child_process'
import { chown, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { skipUnless } from '../skip.ts'
import { cut, type Place, type Program, ready, stop, until } from './program.ts'
import { makePrograms } from './programs.ts'
import { Visitor } from './visitor.ts'

const admin = { email: 'awa@bureau.invalid', password: 'une phrase assez longue' }

/** Enters the code that the program printed, as the first administrator does. */
async function useCode(program: Program, who = admin): Promise<Response> {
  const printed = () => /within 30 minutes: (\S+)\n/.exec(program.said())?.[1]
  await until('the code is printed', program, () => printed() !== undefined)
  const code = printed() ?? ''
  return new Visitor(await program.open).send('/login', { code, name: 'Awa', ...who })
}

async function serverOf({ folder }: Place): Promise<number> {
  return Number.parseInt(await readFile(join(folder, 'data/postgres/postmaster.pid'), 'utf8'), 10)
}

const nobody = { uid: 65_534, gid: 65_534 }
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
/** Whether we may become another account, and that one may read the program. */
const mayBeNobody = process.getuid?.() === 0 && spawnSync('test', ['-r', main], nobody).status === 0

/** What a machine would read as trouble: a line of the log. */
const logged = /"level":/

describe.concurrent('the house', () => {
  test('opens on an empty folder, keeps its key, and refuses any other', async (context) => {
    const { place, start, startFromSources } = makePrograms(context)
    const where = await place()
    const key = join(where.folder, 'baro.key')
    const first = startFromSources(where)
    expect(await ready(first)).toBe(200)
    expect(first.said()).toMatch(/\/login/)
    expect((await stat(key)).mode & 0o777).toBe(0o600)
    expect((await useCode(first)).headers.get('location')).toBe('/console/admin')
    expect((await useCode(first, { ...admin, email: 'issa@bureau.invalid' })).status).toBe(401)
    expect(await stop(first)).toBe(0)
    expect(first.said()).not.toMatch(logged)

    const other = start(where, { settings: { BARO_KEY: Buffer.alloc(32, 7).toString('base64') } })
    expect((await other.ended).code).toBe(1)
    expect(other.said()).toContain('key')
    await rename(key, `${key}.away`)
    expect((await start(where).ended).code).toBe(1)
    await expect(stat(key)).rejects.toThrow('ENOENT')
  })

  test('opens again after a power cut, of Node alone and of everything, with what was written', async (context) => {
    const { office, start } = makePrograms(context)
    const where = await office()
    const first = start(where)
    await first.open
    expect((await useCode(first)).status).toBe(303)
    const orphan = await serverOf(where)
    await cut(first)
    expect(() => process.kill(orphan, 0)).not.toThrow()

    const second = start(where)
    expect(await ready(second)).toBe(200)
    expect(() => process.kill(orphan, 0)).toThrow('ESRCH')
    process.kill(await serverOf(where), 'SIGKILL')
    await cut(second)

    const third = start(where)
    expect(await ready(third)).toBe(200)
    expect(await new Visitor(await third.open).signIn(admin.email, admin.password)).toBe('/console')
  })

  test('stands twice on one machine, and nobody else may have its folder or its port', async (context) => {
    const { office, start } = makePrograms(context)
    const [mine, yours] = [await office(), await office()]
    const [one, two] = [start(mine), start(yours)]
    expect(await Promise.all([ready(one), ready(two)])).toEqual([200, 200])
    expect(await one.open).not.toBe(await two.open)

    const guest = start(mine)
    const rival = start(await office(), { settings: { PORT: new URL(await one.open).port } })
    expect((await guest.ended).code).toBe(1)
    expect(guest.said()).toContain(`folder: ${join(mine.folder, 'data')}`)
    expect((await rival.ended).code).toBe(1)
    expect(rival.said()).toContain('setting: PORT')
    expect(rival.said()).not.toMatch(/^\s+at /m)
    expect(await ready(one)).toBe(200)
  })

  test('tells all faults of the settings at once, and a database that is not there in plain words', async (context) => {
    const { place, start } = makePrograms(context)
    const where = await place()
    const faulty = start(where, { settings: { PORT: 'x', REDIS_URL: 'y', WEB_CHAT: 'maybe' } })
    const lonely = start(where, { settings: { DATABASE_URL: 'postgres://baro:hidden@127.0.0.1:9/baro' } })
    expect((await faulty.ended).code).toBe(1)
    for (const name of ['PORT', 'REDIS_URL', 'WEB_CHAT']) expect(faulty.said()).toContain(`- ${name}:`)
    expect((await lonely.ended).code).toBe(1)
    expect(lonely.said()).toContain('database')
    expect(lonely.said()).not.toMatch(/hidden|^\s+at /m)
  })

  test('opens for an ordinary user', async (context) => {
    skipUnless(context, mayBeNobody, 'only root may run it as somebody else')
    const { place, start } = makePrograms(context)
    const where = await place()
    await chown(where.folder, nobody.uid, nobody.gid)
    const program = start(where, { account: nobody, settings: { TMPDIR: where.folder } })
    expect(await ready(program)).toBe(200)
    expect((await stat(join(where.folder, 'baro.key'))).uid).toBe(nobody.uid)
    expect((await stat(`/proc/${await serverOf(where)}`)).uid).toBe(nobody.uid)
    expect(await stop(program)).toBe(0)
    expect(program.said()).not.toMatch(logged)
  })
})
