/** The page of a person: corrections with history, the case, and one timeline of everything. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { makePlaceNames } from '../../src/console/place-names.ts'
import { readShelf } from '../../src/shelf.ts'
import { type Browser, browserOf, type Counter, hiddenFields, hire, makeCounter, say } from './counter.ts'
import { meet } from './people.ts'

let counter: Counter
let officer: Browser
let worker: Browser
let moussa: { id: string }
let person: string
let path: string
let address: string
beforeEach(async () => {
  counter = await makeCounter({ placeName: makePlaceNames(readShelf().places) })
  onTestFinished(() => counter.close())
  moussa = await hire(counter, 'Moussa', ['case_worker'])
  officer = await browserOf(counter, await hire(counter, 'Awa', ['officer']))
  worker = await browserOf(counter, moussa)
  address = (await say(counter, { from: 'djeneba', text: 'bonjour' })).address
  person = await meet(counter, {
    ...{
      name: 'Traoré Djénéba',
      phone: '+22370000042',
      caseNumber: 'ML-TEST-042',
      owner: moussa.id,
      address,
    },
    region: 'ml-kayes',
  })
  path = `/console/people/${person}`
})

const known = {
  ...{ name: 'Traoré Djénéba', phone: '+22370000042', caseNumber: 'ML-TEST-042', region: 'ml-kayes' },
  language: 'bm',
}
const edit = (fields: Record<string, string>, browser = worker) =>
  browser.send(`${path}/edit`, `${path}/edit`, { ...known, ...fields })
const row = () => counter.database.prisma.person.findUniqueOrThrow({ where: { id: person } })
const file = () => counter.database.prisma.case.findFirstOrThrow({ where: { personId: person } })
const edits = () =>
  counter.database.prisma.event.count({ where: { personId: person, type: 'person_edited' } })

describe('a correction', () => {
  test('is saved, told with what stood there before, and can be taken back', async () => {
    const answer = await edit({ name: 'Tarawele Jɛnɛba', phone: '76 12 34 56', birthYear: '1990' })
    expect(answer.statusCode).toBe(303)
    const page = (await worker.get(path)).body
    expect(page).toContain('Tarawele Jɛnɛba')
    expect(page).toContain('+223 76 12 34 56')
    expect(page).toContain('nom : « Traoré Djénéba » → « Tarawele Jɛnɛba »')
    expect(page).toContain('année de naissance : rien → « 1990 »')
    const { secretEnc, facts } = await counter.database.prisma.event.findFirstOrThrow({
      where: { personId: person, type: 'person_edited' },
    })
    expect(Buffer.from(secretEnc ?? []).toString('latin1') + JSON.stringify(facts)).not.toMatch(/Traor|7612/)
    const undone = await worker.post(`${path}/undo`, {
      ...hiddenFields(page, `${path}/undo`),
    })
    expect(undone.statusCode).toBe(303)
    const after = (await worker.get(path)).body
    expect(after).toContain('Correction annulée par Moussa')
    expect(after).toMatch(/<h1[^>]*>Traoré Djénéba/)
    expect(await row()).toMatchObject({ birthYear: null, minor: false })
  })

  test('of the year of birth says whether they may be a child', async () => {
    await edit({ birthYear: String(counter.clock.now().getUTCFullYear() - 15) })
    expect((await row()).minor).toBe(true)
    await edit({ birthYear: '1985' })
    expect((await row()).minor).toBe(false)
  })

  test('of the case number is found by the new one', async () => {
    await edit({ caseNumber: 'ml-test-777' })
    const hash = new Uint8Array(counter.database.keys.hash('case_number', 'ML-TEST-777'))
    expect(await counter.database.prisma.case.count({ where: { personId: person, numberHash: hash } })).toBe(
      1,
    )
    await edit({ caseNumber: '' })
    expect(await file()).toMatchObject({ numberHash: null, numberEnc: null })
  })

  test('sent twice is one, and an old form never wins over a newer correction', async () => {
    const { body } = await worker.get(`${path}/edit`)
    const fields = { ...hiddenFields(body, `${path}/edit`), ...known, name: 'Awa Un' }
    expect((await worker.post(`${path}/edit`, fields)).statusCode).toBe(303)
    expect((await worker.post(`${path}/edit`, fields)).statusCode).toBe(303)
    expect(await edits()).toBe(1)
    const late = { ...fields, once: counter.clock.id(), name: 'Awa Deux' }
    const answer = await worker.post(`${path}/edit`, late)
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain('value="Awa Deux"')
    expect(answer.body).toContain('a changé cette fiche entre-temps')
    expect(await edits()).toBe(1)
  })

  test('of a name is taken although the phone of the file is one that no country gives any more', async () => {
    const strange = await meet(counter, { name: 'Awa Un', phone: '+22336162838', owner: moussa.id })
    const url = `/console/people/${strange}/edit`
    const answer = await worker.send(url, url, { name: 'Awa Deux', phone: '+22336162838', language: 'bm' })
    expect(answer.statusCode).toBe(303)
  })

  test('that changes nothing leaves no trace', async () => {
    expect((await edit({})).statusCode).toBe(303)
    expect(await edits()).toBe(0)
  })

  test.each([
    ['phone', '12', 'téléphone n'],
    ['birthYear', '1890', 'année de naissance doit'],
    ['birthYear', '19x0', 'année de naissance doit'],
    ['returnDate', '2026-02-31', 'date de retour'],
    ['returnDate', '2999-01-01', 'date de retour'],
    ['caseNumber', '<b>1</b>;', 'numéro de dossier'],
    ['name', 'é'.repeat(100_000), 'trop long'],
    ['cercle', 'ml-sikasso-kadiolo', 'Il manque|pas dans la région'],
    ['region', "x'; drop table person", 'Il manque'],
    ['sex', 'other', 'Il manque'],
  ])(
    'with a wrong %s (%#) is refused with a sentence and changes nothing',
    async (field, value, sentence) => {
      const answer = await edit({ [field]: value })
      expect(answer.statusCode).toBe(422)
      expect(answer.body).toMatch(new RegExp(sentence))
      expect(await edits()).toBe(0)
      expect(counter.errors).toEqual([])
    },
  )

  test('that was overtaken by another of the same field is not taken back', async () => {
    await edit({ name: 'Awa Un' })
    const first = hiddenFields((await worker.get(path)).body, `${path}/undo`)
    await edit({ name: 'Awa Deux' })
    const { version } = await row()
    const answer = await worker.post(`${path}/undo`, { ...first, version: String(version) })
    expect(answer.statusCode).toBe(409)
    expect((await worker.get(path)).body).toMatch(/<h1[^>]*>Awa Deux/)
  })

  test('of somebody whom one may not see is answered as if they did not exist', async () => {
    const stranger = await browserOf(counter, await hire(counter, 'Issa', ['case_worker']))
    for (const url of [path, `${path}/edit`, `${path}/earlier`, `${path}/thread`]) {
      const [hidden, absent] = [
        await stranger.get(url),
        await stranger.get(url.replace(person, counter.clock.id())),
      ]
      expect([url, hidden.statusCode]).toEqual([url, 404])
      expect(hidden.body).toBe(absent.body)
    }
    const fields = hiddenFields((await stranger.get('/console/find')).body, '/console/find')
    for (const act of ['edit', 'undo', 'stage', 'assign', 'close', 'reopen']) {
      const forged = { ...fields, ...known, once: counter.clock.id(), version: '0', edit: person, note: 'x' }
      const answer = await stranger.post(`${path}/${act}`, {
        ...forged,
        stage: 'plan',
        reason: 'death',
        owner: '',
        office: '',
      })
      expect([act, answer.statusCode]).toEqual([act, 404])
    }
    expect(await edits()).toBe(0)
  })
})

describe('a case', () => {
  const act = (name: string, fields: Record<string, string>, browser = officer) =>
    browser.send(path, `${path}/${name}`, fields)

  test('goes from stage to stage with a reason, is closed with one, and is reopened', async () => {
    await act('stage', { stage: 'plan', note: 'entretien fait' })
    expect(await file()).toMatchObject({ stage: 'plan' })
    await act('close', { reason: 'left_area', note: '' })
    expect(await file()).toMatchObject({ stage: 'closure', closureReason: 'left_area' })
    const closed = (await officer.get(path)).body
    expect(closed).toContain('a quitté la zone')
    expect(closed).not.toContain(`${path}/stage`)
    await act('reopen', { note: 'elle est revenue' })
    expect(await file()).toMatchObject({ stage: 'reopened', closedAt: null, closureReason: null })
    expect((await officer.get(path)).body).toContain('« entretien fait »')
  })

  test('is reopened by whoever decides, and shows who moved it and why', async () => {
    await act('stage', { stage: 'plan', note: 'le plan est à refaire' })
    await act('stage', { stage: 'delivery', note: '' })
    await act('close', { reason: 'support_ended', note: '' })
    const seen = (await worker.get(path)).body
    expect(seen).not.toContain(`action="${path}/reopen"`)
    const fields = hiddenFields(seen, `${path}/safe-contact`)
    expect((await worker.post(`${path}/reopen`, { ...fields, note: 'x' })).statusCode).toBe(403)
    expect(await file()).toMatchObject({ stage: 'closure' })
    await act('reopen', { note: 'son moteur est en panne' })
    const page = (await worker.get(path)).body
    for (const told of [
      'Parcours du dossier (4)',
      '« le plan est à refaire »',
      '« son moteur est en panne »',
    ]) {
      expect(page).toContain(told)
    }
    const { stageSince, openedAt } = await file()
    expect(stageSince?.getTime()).toBeGreaterThan(openedAt.getTime())
  })

  test('without its reason stays as it is', async () => {
    expect((await act('stage', { stage: 'plan', note: ' ' })).statusCode).toBe(422)
    expect((await act('stage', { stage: 'closure', note: 'x' })).statusCode).toBe(422)
    expect((await act('close', { reason: 'bored' })).statusCode).toBe(422)
    expect(await file()).toMatchObject({ stage: 'monitoring' })
  })

  test('is given to a colleague by those who lead, and leaves the one who had it', async () => {
    const fatou = await hire(counter, 'Fatou', ['case_worker'])
    const form = `${path}/assign`
    expect((await worker.get(path)).body).not.toContain(form)
    expect((await worker.get(form)).headers['location']).toBe(path)
    const { body } = await officer.get(path)
    expect(body).toContain(`href="${form}"`)
    // The names of the office stand on the form alone: the page of a person is opened often, and on slow lines.
    expect(body).not.toContain(`<option value="${fatou.id}"`)
    const give = (owner: string) => officer.send(form, form, { owner, office: '', note: 'congé' })
    await give(fatou.id)
    expect(await file()).toMatchObject({ ownerId: fatou.id })
    expect((await officer.get(path)).body).toContain('Dossier confié par Awa à Fatou')
    expect((await worker.get(path)).statusCode).toBe(404)
    const monitor = await hire(counter, 'Mo', ['monitoring'])
    expect((await give(monitor.id)).statusCode).toBe(404)
  })
})

describe('the timeline', () => {
  test('shows the latest, and what was before when it is asked for', async () => {
    await counter.database.pool.query('update message set person_id = $1 where address_id = $2', [
      person,
      address,
    ])
    for (let n = 0; n < 30; n++) {
      const { id } = await say(counter, { from: 'djeneba', text: `mot numéro ${n} fin`, reply: ['lu'] })
      await counter.database.prisma.message.updateMany({
        where: { requestId: id },
        data: { personId: person },
      })
    }
    const page = (await officer.get(path)).body
    expect(page).toContain('mot numéro 29 fin')
    expect(page).not.toContain('mot numéro 5 fin')
    const link = /hx-get="([^"]+earlier[^"]+)"/.exec(page)?.[1] ?? ''
    const earlier = (await officer.get(link)).body
    expect(earlier).toContain('mot numéro 5 fin')
    expect(earlier).not.toContain('mot numéro 29 fin')
    const whole = (await officer.get(link.replace('/earlier', ''))).body
    expect(whole).toContain('mot numéro 5 fin')
    const old = await counter.database.prisma.message.findFirstOrThrow({
      where: { personId: person, direction: 'in' },
      orderBy: { position: 'asc' },
    })
    expect((await officer.get(`${path}?at=${old.id}`)).body).toContain(`id="item-${old.id.slice(-12)}"`)
  })
})
