/** Who is who at the counter: newcomers, changed numbers and files of one person, decided by people and never by a machine. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { keepAllWords } from '../../src/job/keep-words.ts'
import { incoming } from '../store/turns.ts'
import {
  type Browser,
  browserOf,
  type Counter,
  hiddenFields,
  hire,
  makeCounter,
  type Opened,
  say,
} from './counter.ts'
import { meet } from './people.ts'

let counter: Counter
let assistant: Browser
let officer: Browser
/** In the programme's files, and reached on an address of their own. */
let known: string
let old: string
/** Wrote from a new address and says who they are. */
let newcomer: string
let fresh: string

beforeEach(async () => {
  counter = await makeCounter()
  onTestFinished(() => counter.close())
  assistant = await browserOf(counter, await hire(counter, 'Mariam', ['assistant']))
  officer = await browserOf(counter, await hire(counter, 'Awa', ['officer']))
  old = (await say(counter, { from: 'before', text: 'bonjour' })).address
  fresh = (await say(counter, { from: 'after', text: 'bonjour' })).address
  known = await meet(counter, {
    ...{ name: 'Traoré Djénéba', phone: '+22370000042', caseNumber: 'ML-TEST-042', region: 'ml-kayes' },
    address: old,
  })
  await meet(counter, { name: 'Kulibali Musa', caseNumber: 'ML-TEST-043', region: 'ml-gao' })
  newcomer = await meet(counter, {
    name: 'Jɛnɛba Tarawele',
    region: 'ml-kayes',
    stage: 'contact',
    address: fresh,
  })
  await keepAllWords({ ...counter.database, clock: counter.clock })
})

const asks = (kind: 'request.identity' | 'request.contact_change', text: string) =>
  say(counter, { from: 'after', kind, text, plain: { person_id: newcomer }, reply: [] })
const page = (request: Opened) => `${request.path}/identity`
const person = (id: string) => counter.database.prisma.person.findUniqueOrThrow({ where: { id } })
const speaker = async (address: string) => {
  const { sessionId } = await counter.database.prisma.address.findUniqueOrThrow({ where: { id: address } })
  return (await counter.database.prisma.session.findUniqueOrThrow({ where: { id: sessionId } })).personId
}
const link = (personId: string, addressId: string) =>
  counter.database.prisma.personAddress.findUnique({ where: { personId_addressId: { personId, addressId } } })

/** Sends a form of the page with several boxes ticked. */
async function tick(request: Opened, checks: readonly string[]) {
  const action = `${page(request)}/checks`
  const { body } = await assistant.get(page(request))
  const fields = new URLSearchParams({ ...hiddenFields(body, action), candidate: known })
  for (const check of checks) fields.append('check', check)
  return assistant.app.inject({
    method: 'POST',
    url: action,
    payload: fields.toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      cookie: [...assistant.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      accept: 'text/html',
    },
  })
}

async function act(request: Opened, name: string, more: Record<string, string> = {}) {
  const { body } = await assistant.get(page(request))
  const token = hiddenFields(body, '/console/find')
  const fields = { ...token, once: counter.clock.id(), candidate: known, ...more }
  return assistant.post(`${page(request)}/${name}`, fields)
}

describe('a newcomer', () => {
  test('has candidates with what speaks for and against, and is linked once enough was checked', async () => {
    const request = await asks('request.identity', 'ML-TEST-042')
    expect((await assistant.get(request.path)).body).toContain(`${page(request)}"`)
    const { body } = await assistant.get(page(request))
    expect(body).toContain('Traoré Djénéba')
    expect(body).toContain('même numéro de dossier')
    expect(body).toContain('même région')
    expect(body).not.toContain('Kulibali')
    expect(body).not.toContain('/link"')
    expect((await act(request, 'link')).statusCode).toBe(422)
    await tick(request, ['called', 'name'])
    expect((await act(request, 'link')).statusCode).toBe(422)
    expect(await person(newcomer)).toMatchObject({ sameAsId: null })
    await tick(request, ['called', 'name', 'village'])
    expect((await assistant.get(page(request))).body).toContain(`${page(request)}/link"`)
    expect((await act(request, 'link')).statusCode).toBe(303)
    expect(await person(newcomer)).toMatchObject({ sameAsId: known })
    expect(await link(known, fresh)).toMatchObject({ until: null, fromId: newcomer })
    expect((await link(known, fresh))?.verifiedAt).not.toBeNull()
    expect(await speaker(fresh)).toBe(known)
    const history = (await assistant.get(request.path)).body
    expect(history).toContain('Vérifications notées par Mariam')
    expect(history).toContain('rattachée à un dossier')
    expect((await act(request, 'new')).statusCode).toBe(409)
  })

  test('ticks sent again change nothing, and a tick taken away does not count', async () => {
    const request = await asks('request.identity', 'ML-TEST-042')
    await tick(request, ['called', 'name', 'village'])
    await tick(request, ['village', 'called', 'name'])
    const checked = { requestId: request.id, type: 'identity_checked' }
    expect(await counter.database.prisma.event.count({ where: checked })).toBe(1)
    await tick(request, ['called'])
    expect((await act(request, 'link')).statusCode).toBe(422)
    expect((await tick(request, ['called', 'forged'])).statusCode).toBe(422)
  })

  test('may be somebody new, and keeps a file of their own', async () => {
    const request = await asks('request.identity', 'ML-TEST-999')
    expect((await act(request, 'new')).statusCode).toBe(303)
    expect(await person(newcomer)).toMatchObject({ sameAsId: null })
    expect((await assistant.get(page(request))).body).toContain('nouvelle personne')
  })

  test('is never linked to a file that the reader may not know of, nor by another kind of request', async () => {
    const request = await asks('request.identity', 'ML-TEST-042')
    const hidden = await meet(counter, { name: 'Sans Dossier' })
    expect((await act(request, 'checks', { candidate: hidden, check: 'called' })).statusCode).toBe(404)
    const other = await say(counter, {
      from: 'after',
      kind: 'request.info',
      text: 'x',
      plain: { person_id: newcomer },
    })
    expect((await officer.get(page(other))).statusCode).toBe(404)
    const worker = await browserOf(counter, await hire(counter, 'Moussa', ['case_worker']))
    expect((await worker.get(page(request))).statusCode).toBe(404)
  })
})

describe('a changed number', () => {
  test('is replaced after two checks of three and a word to the old number', async () => {
    const open = await say(counter, {
      from: 'before',
      kind: 'request.info',
      text: 'où ?',
      plain: { person_id: known },
    })
    const request = await asks('request.contact_change', '70 00 00 42')
    const { body } = await assistant.get(page(request))
    expect(body).toContain('même téléphone')
    expect(body).not.toContain('/change"')
    await tick(request, ['called_old', 'two_facts'])
    expect((await act(request, 'change')).statusCode).toBe(422)
    counter.outgoing.length = 0
    expect((await act(request, 'notice')).statusCode).toBe(303)
    expect(counter.outgoing).toEqual([old])
    await act(request, 'notice')
    expect(counter.outgoing).toEqual([old])
    expect((await act(request, 'change')).statusCode).toBe(303)
    expect(await link(known, old)).toMatchObject({ endedBy: 'number_changed' })
    expect((await link(known, old))?.until).not.toBeNull()
    expect(await link(known, fresh)).toMatchObject({ until: null })
    const { prisma } = counter.database
    expect(await prisma.address.findUnique({ where: { id: old } })).toMatchObject({
      state: 'closed',
      disputableId: null,
    })
    expect(await speaker(old)).toBeNull()
    expect(await speaker(fresh)).toBe(known)
    expect(await prisma.request.findUnique({ where: { id: open.id } })).toMatchObject({ addressId: fresh })
    expect((await officer.get(`/console/people/${known}`)).body).toContain('numéro remplacé')
  })

  test('leaves nothing to be sent to the old one, where a stranger is heard and answered', async () => {
    const { prisma, road } = counter.database
    const request = await asks('request.contact_change', '70 00 00 42')
    await tick(request, ['called_old', 'two_facts'])
    await act(request, 'notice')
    expect(await prisma.message.count({ where: { addressId: old, state: 'queued' } })).toBeGreaterThan(0)
    expect((await act(request, 'change')).statusCode).toBe(303)
    expect(await prisma.message.count({ where: { addressId: old, state: 'queued' } })).toBe(0)
    const now = counter.clock.now()
    const [before] = await road.stand([old])
    expect(before).toMatchObject({ address: { state: 'closed' }, person: undefined })
    const letter = { ...incoming(counter.channel, 'before', 901), sentAt: now }
    const [met] = await road.arrive([{ id: counter.clock.id(), at: now, incoming: letter }])
    expect(met?.standing).toMatchObject({ address: { id: old, state: 'live' }, person: undefined })
  })

  test('that the old number disputes needs all three checks', async () => {
    const request = await asks('request.contact_change', '70 00 00 42')
    await act(request, 'notice')
    await tick(request, ['called_old', 'two_facts'])
    const { road, prisma } = counter.database
    const [standing] = await road.stand([old])
    expect(standing?.disputable).toMatchObject({ request: request.id })
    const turn = counter.clock.id()
    await prisma.event.create({
      data: {
        ...{
          id: counter.clock.id(),
          at: counter.clock.now(),
          turnId: turn,
          type: 'contact_disputed',
          by: 'person',
        },
        ...{ requestId: request.id, facts: { request: request.id } },
      },
    })
    expect((await assistant.get(page(request))).body).toContain('répond que la demande n')
    expect((await act(request, 'change')).statusCode).toBe(422)
    await tick(request, ['called_old', 'two_facts', 'called_contact'])
    expect((await act(request, 'change')).statusCode).toBe(303)
  })

  test('may be refused with a reason, and then nothing is left to dispute', async () => {
    const request = await asks('request.contact_change', '70 00 00 42')
    await act(request, 'notice')
    expect((await act(request, 'refuse', { note: '' })).statusCode).toBe(422)
    expect((await act(request, 'refuse', { note: 'un voisin' })).statusCode).toBe(303)
    expect(await counter.database.prisma.address.findUnique({ where: { id: old } })).toMatchObject({
      state: 'live',
      disputableId: null,
    })
    expect((await assistant.get(request.path)).body).toContain('« un voisin »')
  })
})

describe('two files of one person', () => {
  const same = (id: string) => `/console/people/${id}/same`
  test('are joined by a link, shown together, and parted as they were', async () => {
    const { body } = await officer.get(same(newcomer))
    expect(body).toContain('Traoré Djénéba')
    const fields = { ...hiddenFields(body, `${same(newcomer)}/join`), candidate: known }
    expect((await officer.post(`${same(newcomer)}/join`, { ...fields, note: '' })).statusCode).toBe(422)
    await counter.database.prisma.message.updateMany({
      where: { addressId: fresh },
      data: { personId: newcomer },
    })
    const joined = await officer.post(`${same(newcomer)}/join`, { ...fields, note: 'même carte' })
    expect([joined.statusCode, joined.headers.location]).toEqual([303, same(known)])
    expect((await officer.get(`/console/people/${newcomer}`)).headers.location).toBe(
      `/console/people/${known}`,
    )
    const whole = (await officer.get(`/console/people/${known}`)).body
    expect(whole).toContain('Une autre fiche de cette personne')
    expect(whole).toContain('« même carte »')
    expect(await speaker(fresh)).toBe(known)
    const again = await officer.post(`${same(newcomer)}/join`, { ...fields, note: 'x' })
    expect(again.statusCode).toBe(303)
    const parting = (await officer.get(same(known))).body
    const part = hiddenFields(parting, `${same(known)}/part`)
    expect((await officer.post(`${same(known)}/part`, { ...part, note: 'deux sœurs' })).statusCode).toBe(303)
    expect(await person(newcomer)).toMatchObject({ sameAsId: null })
    expect(await speaker(fresh)).toBe(newcomer)
    expect(await link(known, fresh)).toMatchObject({ endedBy: 'undone' })
    expect((await officer.get(`/console/people/${newcomer}`)).body).toContain('« deux sœurs »')
    expect(await link(newcomer, fresh)).toMatchObject({ until: null })
  })

  test('that are joined already, or are one file, are refused', async () => {
    const { body } = await officer.get(same(newcomer))
    const fields = () => ({
      ...hiddenFields(body, `${same(newcomer)}/join`),
      once: counter.clock.id(),
      note: 'x',
    })
    const self = await officer.post(`${same(newcomer)}/join`, { ...fields(), candidate: newcomer })
    expect(self.statusCode).toBe(409)
    const absent = await officer.post(`${same(newcomer)}/join`, {
      ...fields(),
      candidate: counter.clock.id(),
    })
    expect(absent.statusCode).toBe(404)
  })
})

describe('files with a phone in common', () => {
  test('are suggested where their names do not speak against it, to those who see both', async () => {
    const phone = '+22370000777'
    const one = await meet(counter, { name: 'Awa Koné', phone, region: 'ml-kayes' })
    const other = await meet(counter, { name: 'Hawa Kone', phone, region: 'ml-kayes' })
    const brother = await meet(counter, { name: 'Issa Koné', phone })
    const listed = await officer.get('/console/twins')
    expect(listed.body).toContain(`/console/people/${one}/same`)
    expect(listed.body).toContain('Hawa Kone')
    expect(listed.body).not.toContain('Issa Koné')
    expect((await officer.get(`/console/people/${one}`)).body).toContain(
      'Peut-être la même personne que Hawa Kone',
    )
    expect((await officer.get(`/console/people/${brother}`)).body).not.toContain(
      'Peut-être la même personne que',
    )
    const worker = await hire(counter, 'Sira', ['case_worker'])
    await counter.database.prisma.case.updateMany({ where: { personId: one }, data: { ownerId: worker.id } })
    const desk = await browserOf(counter, worker)
    expect((await desk.get('/console/twins')).body).not.toContain('Awa Koné')
    expect((await desk.get(`/console/people/${one}`)).body).not.toContain('Hawa Kone')
    await counter.database.prisma.person.update({ where: { id: other }, data: { sameAsId: one } })
    expect((await officer.get('/console/twins')).body).not.toContain('Awa Koné')
  })
})
