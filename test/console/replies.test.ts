/** Canned replies: who writes them, what is refused, and how they reach an answer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgeReply, shippedReply } from '../../src/console/replies.ts'
import { fillReply, holeIn } from '../../src/core/reply.ts'
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

let counter: Counter
let officer: Browser
let assistant: Browser
let request: Opened
beforeAll(async () => {
  counter = await makeCounter()
  officer = await browserOf(counter, await hire(counter, 'Oumou', ['officer']))
  assistant = await browserOf(counter, await hire(counter, 'Awa', ['assistant']))
  request = await say(counter, { from: 'issa', text: 'où est le bureau ?', language: 'bm' })
})
afterAll(() => counter.close())

const fields = {
  title: 'Papiers de santé',
  queue: 'needs',
  fr: 'Apportez le carnet, {name}.',
  bm: '',
  en: '',
}
const edit = (key: string, changed: Record<string, string>) =>
  officer.send(`/console/replies/${key}`, `/console/replies/${key}`, { ...fields, ...changed })

describe('what ships', () => {
  test('promises nothing in any language, is there in French and English, and says how sure its Bambara is', () => {
    const keys = counter.locales.keys().flatMap((key) => /^reply\.(\w+)\.text$/.exec(key)?.[1] ?? [])
    expect(keys.length).toBeGreaterThanOrEqual(12)
    for (const key of keys) {
      const reply = shippedReply(counter.locales, 'fr', key)
      expect([key, reply && judgeReply(reply.texts)]).toEqual([key, undefined])
      expect([key, reply?.texts.fr !== undefined, reply?.texts.en !== undefined]).toEqual([key, true, true])
      expect([key, reply?.certainty !== undefined]).toEqual([key, reply?.texts.bm !== undefined])
      for (const text of Object.values(reply?.texts ?? {})) expect(text.length).toBeLessThan(300)
    }
  })
})

describe('the office', () => {
  test('writes a reply, changes it, sees who did what, and goes back to an earlier version', async () => {
    const made = await officer.send('/console/replies/new', '/console/replies', {
      ...fields,
      key: 'papiers_sante',
    })
    expect([made.statusCode, made.headers.location]).toEqual([303, '/console/replies/papiers_sante?done=1'])
    await edit('papiers_sante', { fr: 'Apportez le carnet de santé.', bm: 'Sɛbɛnw', certainty: 'C' })
    const page = (await officer.get('/console/replies/papiers_sante')).body
    expect(page).toContain('Version 2')
    expect(page.match(/Oumou/g)?.length).toBeGreaterThanOrEqual(2)
    const restore = '/console/replies/papiers_sante/restore'
    await officer.post(restore, hiddenFields(page, restore))
    const after = (await officer.get('/console/replies/papiers_sante')).body
    expect(after).toContain('Version 3')
    expect(/<textarea name="fr"[^>]*>([^<]*)/.exec(after)?.[1]).toBe('Apportez le carnet, {name}.')
  })

  test('changes what ships, and finds the shipped wording again', async () => {
    await edit('wait', { title: 'Patience', fr: 'Un instant, je regarde.' })
    expect((await officer.get('/console/replies')).body).toContain('Patience')
    const page = (await officer.get('/console/replies/wait')).body
    expect(page).toContain('Livrée avec le programme')
    const restore = '/console/replies/wait/restore'
    await officer.post(restore, hiddenFields(page, restore))
    expect((await officer.get('/console/replies/wait')).body).toContain('An makɔnɔ dɔɔnin.')
  })

  test.each<[Record<string, string>, string]>([
    [{ fr: 'C’est garanti : vous recevrez un kit.' }, 'promet'],
    [{ fr: 'Oui.', en: 'You will get a kit.' }, 'promet'],
    [{ fr: 'Oui.', bm: 'An bɛna wari di i ma.', certainty: 'C' }, 'promet'],
    [{ fr: 'Nous allons vous appeler.' }, 'annonce un appel'],
    [{ fr: 'Appelez le 36 11.' }, "personne n&#39;a vérifié|personne n'a vérifié"],
    [{ fr: 'Bonjour {prenom}.' }, 'ne se remplit pas'],
    [{ fr: '', en: 'Hello.' }, 'texte en français'],
    [{ fr: 'Oui.', bm: 'Ɔwɔ.' }, 'sûreté'],
    [{ fr: 'a'.repeat(90_000) }, 'trop long'],
    [{ title: '' }, 'titre'],
  ])('is refused %j with a sentence, and nothing is lost', async (changed, sentence) => {
    const answer = await edit('papiers_sante', changed)
    expect(answer.statusCode).toBe(422)
    expect(/class="fault"[^>]*>([^<]*)/.exec(answer.body)?.[1]).toMatch(new RegExp(sentence))
    if (changed['fr']) expect(answer.body).toContain(changed['fr'].slice(0, 40))
    expect(await counter.database.prisma.replyVersion.count({ where: { key: 'papiers_sante' } })).toBe(3)
  })

  test('cannot overwrite what a colleague wrote meanwhile', async () => {
    const { body } = await officer.get('/console/replies/papiers_sante')
    const own = { ...hiddenFields(body, '/console/replies/papiers_sante'), ...fields, fr: 'Le mien.' }
    await edit('papiers_sante', { fr: 'Celui du collègue.' })
    const answer = await officer.post('/console/replies/papiers_sante', own)
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain('Le mien.')
    expect(answer.body).toContain('Celui du collègue.')
  })

  test('has readers who write nothing', async () => {
    expect((await assistant.get('/console/replies')).body).not.toContain('/console/replies/new')
    const page = await assistant.get('/console/replies/wait')
    expect(page.body).not.toContain('<textarea')
    const { _csrf = '' } = hiddenFields((await assistant.get('/console/replies')).body, '/console/language')
    for (const path of ['', '/wait', '/wait/retire', '/wait/restore']) {
      const answer = await assistant.post(`/console/replies${path}`, {
        ...fields,
        _csrf,
        number: '0',
        key: 'x1',
      })
      expect(answer.statusCode).toBe(404)
    }
  })
})

describe('in an answer', () => {
  const script = { 'hx-request': 'true' }
  const find = async (words: string) =>
    (await assistant.get(`${request.path}/replies?q=${encodeURIComponent(words)}`, script)).body

  test('a reply comes in the language of the person, filled in, with a hole for what nobody knows', async () => {
    const found = await find('arrivé')
    expect(found).toContain('I ka bataki sera an ma.')
    expect(found).toContain('degré A')
    const place = await find('ou est le bureau')
    expect(place).toContain('Pas de texte en bambara')
    expect(place).toContain('[bureau ?]')
    expect(place).toContain(request.path.slice(-10))
  })

  test('a retired one is not offered', async () => {
    const page = (await officer.get('/console/replies/satisfied')).body
    const retire = '/console/replies/satisfied/retire'
    await officer.post(retire, hiddenFields(page, retire))
    expect(await find('wasara')).not.toContain('wasara jaabi')
  })

  test('without scripts it is put into the box by a link, and a blank keeps the answer here', async () => {
    const page = await assistant.get(`${request.path}/replies?q=rencontre`)
    const [, link = ''] = /href="([^"]*insert=meeting_offer)"/.exec(page.body) ?? []
    const { body } = await assistant.get(link.replaceAll('&amp;', '&'))
    const [, text = ''] = /<textarea[^>]*name="text"[^>]*>([^<]*)</.exec(body) ?? []
    expect(text).toContain('[don ?]')
    const answer = await assistant.post(`${request.path}/answer`, {
      ...hiddenFields(body, `${request.path}/answer`),
      text,
    })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('Il reste un blanc à remplir : [don ?]')
  })
})

test('fields are filled in once, and what came from a person is never read as a field', () => {
  const filled = fillReply('{name} {office} {x}', { name: '{reference}' }, (field) => field)
  expect(filled).toBe('{reference} [office ?] {x}')
  expect(holeIn(filled)).toBe('[office ?]')
  expect(holeIn('le [12] et [ceci]')).toBeUndefined()
})
