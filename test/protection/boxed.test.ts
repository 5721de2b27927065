/** Sealed words open for their holders alone: not for the house, not for whoever has its master key. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Staff } from '../../src/core/staff.ts'
import { sealWords } from '../../src/job/seal-words.ts'
import type { Pair } from '../../src/store/box.ts'
import { loadMedia, storeMedia } from '../../src/store/media.ts'
import { askToOpen, openingsOf } from '../../src/store/opening.ts'
import { readAs } from '../../src/store/reader.ts'
import { unsealFiles } from '../../src/store/seal-media.ts'
import { listOpening, listWaiting, sealOf, takeOver } from '../../src/store/sealed-key.ts'
import { dropStaffKey, openStaffKey, writePassword } from '../../src/store/staff-key.ts'
import { answerRequest, handOverRequest, reclassifyRequest } from '../../src/turn/act.ts'
import { resendAnswer } from '../../src/turn/act-resend.ts'
import { letIn } from '../../src/turn/act-seal.ts'
import { oneDatabase } from '../one-database.ts'
import { handClock, hire, type Office, openOffice } from '../turn/office.ts'
import { seenBy } from './eyes.ts'
import { actOf, meet, ownCase, requestOf } from './people.ts'
import { stolen } from './thief.ts'

const danger = 'le monsieur du projet a dit que je dois coucher avec lui pour avoir l’aide'
const place = 'il habite derriere la mosquee de Zinzana'
const answer = 'je vous appelle demain au marche'
const secrets = ['coucher', 'Zinzana', 'marche']
const password = 'une phrase assez longue'

const database = oneDatabase()
let office: Office
let folder: string
let psea: Staff
let colleague: Staff
let worker: Staff
beforeEach(async () => {
  office = await openOffice(database(), { clock: handClock() })
  folder = await mkdtemp(join(tmpdir(), 'baro-sealed-'))
  onTestFinished(async () => {
    await office.close()
    await rm(folder, { recursive: true, force: true })
  })
  psea = await hire(office, 'Psea', ['psea'])
  colleague = await hire(office, 'Colleague', ['psea'])
  worker = await hire(office, 'Worker', ['case_worker'])
  await ownCase(office, await meet(office, 'awa'), worker)
})

/** Gives a password, as at a sign-in: the pair of the session. */
async function signsIn(staff: Staff, word = password): Promise<Pair> {
  const pair = await openStaffKey(office.database, staff.id, word, office.clock.now())
  if (!pair) throw new Error('the password is another')
  await takeOver(office.database, { staff: staff.id, pair }, office.clock.now())
  return pair
}

const as = <T>(staff: Staff, pair: Pair, work: () => T): T => readAs({ staff: staff.id, pair }, work)
const putAway = () => sealWords({ ...office.database, clock: office.clock, mediaFolder: folder })
const sealed = () => requestOf(office, 'complaint.sea')
const heldIn = (text: string) => secrets.filter((word) => text.includes(word))
async function heldBy(staff: Staff, pair?: Pair): Promise<readonly string[]> {
  const look = () => seenBy(office.database, staff, office.clock.now())
  return heldIn(await (pair ? as(staff, pair, look) : look()))
}

/** What she says, to the end of the script and once more, and what she is answered. */
async function tells(by: Staff, pair?: Pair): Promise<string> {
  await office.says('awa', 'je cherche un travail')
  for (const text of [danger, '1', '1', place]) await office.says('awa', text)
  const { id } = await sealed()
  await putAway()
  const say = () => answerRequest(office.desk, actOf(office, by, id), { text: answer })
  await (pair ? as(by, pair, say) : say())
  await office.settled()
  return id
}

describe('what is sealed', () => {
  test('is in no copy of the database, whoever holds the master key, and reads whole for its holder', async () => {
    const pair = await signsIn(psea)
    await tells(psea, pair)
    // Until it was put away the thief reads it: he looks well.
    expect(heldIn(await stolen(office.database))).toEqual(['marche'])
    await putAway()
    expect(heldIn(await stolen(office.database))).toEqual([])
    expect(await heldBy(psea)).toEqual([])
    expect(await heldBy(psea, pair)).toEqual(secrets)
    expect(await putAway()).toBe(0)
  })

  test('stays with the house until the first of its holders signs in, who takes it over', async () => {
    const id = await tells(psea)
    await putAway()
    expect(heldIn(await stolen(office.database))).toEqual([])
    expect((await sealOf(office.database, id)).lying).toBe('house')
    const pair = await signsIn(psea)
    expect((await sealOf(office.database, id)).lying).toBe('held')
    expect(await heldBy(psea, pair)).toEqual(secrets)
    // The second one finds nothing left to take.
    expect(await heldBy(colleague, await signsIn(colleague))).toEqual([])
  })

  test('opens to a colleague whom a holder lets in, with all else that both hold, and to nobody else', async () => {
    const mine = await signsIn(psea)
    const id = await tells(psea, mine)
    await office.says('fanta', danger)
    await putAway()
    const theirs = await signsIn(colleague)
    expect(await listWaiting(office.database.pool, id)).toEqual([
      { staff: colleague.id, name: 'Colleague', ready: true },
    ])
    expect(await heldBy(colleague, theirs)).toEqual([])
    // Whoever cannot open it lets nobody in.
    await expect(letIn(office.desk, actOf(office, psea, id), colleague.id)).rejects.toThrow('key:shut')
    await expect(letIn(office.desk, actOf(office, worker, id), colleague.id)).rejects.toThrow('not_found')
    await as(psea, mine, () => letIn(office.desk, actOf(office, psea, id), colleague.id))
    expect(await heldBy(colleague, theirs)).toEqual(secrets)
    expect(await listOpening(office.database.pool, id)).toEqual(['Colleague', 'Psea'])
    expect(await office.database.prisma.sealedGrant.count({ where: { staffId: colleague.id } })).toBe(2)
    expect(await office.database.prisma.event.count({ where: { type: 'holder_let_in' } })).toBe(1)
  })

  test('hides why somebody asked to be let in, also who asked before its words were put away', async () => {
    const pair = await signsIn(psea)
    await office.says('awa', danger)
    const { id, reference } = await sealed()
    const ask = async (name: string, reason: string) => {
      const world = { id: () => office.clock.id(), now: () => office.clock.now() }
      await askToOpen(office.database, await hire(office, name, ['psea']), { reference, reason }, world)
    }
    await ask('Soon', 'je la suis a Zinzana')
    await putAway()
    await ask('Late', 'elle est venue au marche')
    expect(heldIn(await stolen(office.database))).toEqual([])
    const reasons = await as(psea, pair, () => openingsOf(office.database, id))
    expect(reasons.map(({ reason }) => reason)).toEqual(['je la suis a Zinzana', 'elle est venue au marche'])
  })

  test('goes on opening under a password that its owner changed, and not under one that was set anew', async () => {
    const id = await tells(psea, await signsIn(psea))
    await putAway()
    const next = 'une autre phrase assez longue'
    await writePassword(office.database, psea.id, { old: password, next, nextHash: 'x' })
    expect(await heldBy(psea, await signsIn(psea, next))).toEqual(secrets)
    expect(await openStaffKey(office.database, psea.id, password, office.clock.now())).toBeUndefined()
    await office.database.prisma.$transaction((tx) => dropStaffKey(tx, psea.id))
    expect(await heldBy(psea, await signsIn(psea, 'encore une autre phrase'))).toEqual([])
    expect((await sealOf(office.database, id)).opens).toBe(false)
  })

  test('is handed over with its words to whoever holds it then', async () => {
    const protection = await hire(office, 'Protection', ['protection'])
    const theirs = await signsIn(protection)
    const mine = await signsIn(psea)
    const id = await tells(psea, mine)
    await putAway()
    await as(psea, mine, () => handOverRequest(office.desk, actOf(office, psea, id), { queue: 'protection' }))
    await putAway()
    expect(await heldBy(protection, theirs)).toEqual(secrets)
  })

  test('found to be a false alarm it is read by those who see it then, whoever signed in', async () => {
    const pair = await signsIn(psea)
    const id = await tells(psea, pair)
    await putAway()
    const wrongly = () => reclassifyRequest(office.desk, actOf(office, psea, id), 'request.need')
    await expect(wrongly()).rejects.toThrow('key:shut')
    await as(psea, pair, wrongly)
    expect(await heldBy(worker)).toEqual(secrets)
    expect(await putAway()).toBe(0)
  })

  test('goes out once more only when its holder opens it', async () => {
    const pair = await signsIn(psea)
    const id = await tells(psea, pair)
    const { prisma } = office.database
    const { id: said } = await prisma.message.findFirstOrThrow({ where: { requestId: id, staffId: psea.id } })
    await prisma.message.update({ where: { id: said }, data: { state: 'failed' } })
    expect(await putAway()).toBe(0)
    office.clock.forward(2 * 3_600_000)
    await putAway()
    const again = () => resendAnswer(office.desk, actOf(office, psea, id), said)
    await expect(again()).rejects.toThrow('key:shut')
    await as(psea, pair, again)
    // The channel reads it, and then it is put away once more.
    expect(heldIn(await stolen(office.database))).toEqual(['marche'])
    await prisma.message.update({ where: { id: said }, data: { state: 'sent' } })
    await putAway()
    expect(heldIn(await stolen(office.database))).toEqual([])
  })

  test('of what was spoken nothing lies in the folder that the house can open', async () => {
    const pair = await signsIn(psea)
    await office.says('awa', danger)
    await office.channel.brings('awa', { kind: 'file', file: { kind: 'voice', handle: 'v', seconds: 9 } })
    await office.settled()
    const { prisma, keys } = office.database
    const { id, messageId } = await prisma.media.findFirstOrThrow()
    await putAway()
    // While its file is at the provider, the message tells where.
    expect(keys.isSealed((await prisma.message.findUniqueOrThrow({ where: { id: messageId } })).keyId)).toBe(
      false,
    )
    const note = Buffer.from('OggS une voix')
    await storeMedia(office.database, folder, id, { bytes: note, mime: 'audio/ogg' })
    await prisma.media.update({ where: { id }, data: { loudness: new Uint8Array() } })
    await putAway()
    const [name] = await readdir(join(folder, id.slice(-2)))
    expect(name).toBe(`${id}.sealed`)
    expect((await readFile(join(folder, id.slice(-2), name ?? ''))).includes(note)).toBe(false)
    const load = () => loadMedia(office.database, psea, folder, id)
    await expect(load()).rejects.toThrow('key:shut')
    expect((await as(psea, pair, load)).bytes).toEqual(note)
    const request = (await sealed()).id
    const { keyId } = await prisma.address.findFirstOrThrow({
      where: { requests: { some: { id: request } } },
    })
    await as(psea, pair, () => unsealFiles(office.database, folder, { request }, keyId))
    expect((await load()).bytes).toEqual(note)
  })
})
