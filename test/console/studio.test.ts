/** The studio: who words, reviews and records, what is refused, and that it is said at once. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportTexts } from '../../src/command/texts.ts'
import { makeConversation } from '../../src/conversation.ts'
import { readShelf } from '../../src/shelf.ts'
import { makeOgg } from '../ogg.ts'
import { type Browser, browserOf, type Counter, hiddenFields, hire, makeCounter } from './counter.ts'

let counter: Counter
let officer: Browser
let speaker: Browser
let assistant: Browser
beforeAll(async () => {
  counter = await makeCounter()
  const kadi = await hire(counter, 'Kadi', ['case_worker'])
  await counter.database.prisma.staff.update({ where: { id: kadi.id }, data: { speaks: ['bm'] } })
  officer = await browserOf(counter, await hire(counter, 'Oumou', ['officer']))
  speaker = await browserOf(counter, kadi)
  assistant = await browserOf(counter, await hire(counter, 'Awa', ['assistant']))
})
afterAll(() => counter.close())

const page = (key: string, language: string) => `/console/studio/${key}?language=${language}`
const word = (who: Browser, key: string, language: string, fields: Record<string, string>) =>
  who.send(page(key, language), `/console/studio/${key}/wording`, { certainty: 'B', ...fields })
const record = async (who: Browser, key: string, language: string, bytes: Buffer, field = 'voice') => {
  const action = `/console/studio/${key}/clip`
  const fields = hiddenFields((await who.get(page(key, language))).body, action)
  return who.upload(action, { ...fields, language }, [
    { field, name: field === 'voice' ? '' : 'voix.ogg', bytes },
  ])
}
const said = (language: 'fr' | 'bm' | 'en', key: string) => counter.locales.t(language, key)

describe('a sentence', () => {
  test('is worded, reviewed by whoever speaks the language, said at once, and taken back', async () => {
    const text = 'I ni ce. An bɛ i lamɛn.'
    const kept = await word(speaker, 'help.what', 'bm', { text, certainty: 'A', reviewed: 'yes' })
    expect([kept.statusCode, kept.headers.location]).toEqual([
      303,
      '/console/studio/help.what?language=bm&done=1',
    ])
    expect(said('bm', 'help.what')).toBe(text)
    expect(counter.locales.reviewer('bm', 'help.what')).toBe('Kadi')
    const shown = (await officer.get(page('help.what', 'bm'))).body
    expect(shown).toContain('Relue par Kadi')
    expect(shown).toContain('Le texte livré')
    const restore = '/console/studio/help.what/restore'
    const back = await officer.send(page('help.what', 'bm'), restore, { version: '0' })
    expect(back.statusCode).toBe(303)
    expect(said('bm', 'help.what')).toBe(counter.texts.locales.shipped.t('bm', 'help.what'))
    expect(counter.locales.reviewer('bm', 'help.what')).toBe('')
  })

  test('keeps both forms of a number, each for itself', async () => {
    const [one, many] = counter.locales.forms('fr', 'common.open_requests').map(({ text }) => text)
    const form = 'common.open_requests_other'
    const text = 'Il y a {count} demandes ouvertes.'
    const kept = await word(officer, 'common.open_requests', 'fr', { form, text, number: '0' })
    expect(kept.statusCode).toBe(303)
    expect(counter.locales.t('fr', 'common.open_requests', { count: 1 })).toBe(one)
    expect(counter.locales.t('fr', 'common.open_requests', { count: 3 })).toBe('Il y a 3 demandes ouvertes.')
    expect(many).not.toBe(text)
  })

  test.each([
    ['help.what', '', 'Le texte est vide'],
    ['help.what', 'x'.repeat(301), '301 caractères'],
    ['help.what', `on vous écoute ${'y'.repeat(100_001)}`, 'Il manque une réponse'],
    ['menu.followup', 'Un choix beaucoup trop long pour tenir sur un bouton', '36 caractères'],
    ['common.kept', 'Votre numéro est {numero}.', '{n} {ref}'],
    ['help.what', 'Bonjour {', 'doit garder exactement'],
    ['help.what', 'Vous recevrez votre argent.', 'promesse'],
    ['help.what', 'Une personne va vous appeler.', 'de garde'],
    ['help.what', 'Appelez le 70 12 34 56 78.', 'vérifié'],
    ['help.what', 'Bon\u202ejour', 'invisibles'],
  ])('%s is not worded "%.30s"', async (key, text, why) => {
    const before = said('fr', key)
    const refused = await word(officer, key, 'fr', { text, form: formOf(key) })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain(why)
    expect(said('fr', key)).toBe(before)
  })

  test('shows what somebody wrote as text, whatever it looks like', async () => {
    await word(officer, 'help.words', 'en', { text: 'Say <b>menu</b> & "help".' })
    const { body } = await officer.get(page('help.words', 'en'))
    expect(body).toContain('Say &lt;b>menu&lt;/b> &amp; &quot;help&quot;.')
    expect(body).not.toContain('<b>menu')
  })

  test('that somebody else changed meanwhile is not written over', async () => {
    const key = 'help.words'
    const url = `/console/studio/${key}/wording`
    const fields = hiddenFields((await officer.get(page(key, 'fr'))).body, url)
    expect((await officer.post(url, { ...fields, text: 'Voici une phrase.' })).statusCode).toBe(303)
    const late = await officer.post(url, { ...fields, once: counter.clock.id(), text: 'Voici une autre.' })
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain('Voici une autre.')
    expect(said('fr', key)).toBe('Voici une phrase.')
  })

  test('is no business of whoever neither answers for words nor speaks the language', async () => {
    const url = '/console/studio/help.what/wording'
    expect((await assistant.get(page('help.what', 'bm'))).body).not.toContain(url)
    const fields = hiddenFields((await officer.get(page('help.what', 'bm'))).body, url)
    const token = hiddenFields((await assistant.get(page('help.what', 'fr'))).body, '/console/language')
    const mine = { ...fields, _csrf: token['_csrf'] ?? '', text: 'A', certainty: 'A' }
    expect((await assistant.post(url, mine)).statusCode).toBe(422)
    // The officer words Bambara, and cannot say to have read it.
    expect((await word(officer, 'help.what', 'bm', { text: 'A', reviewed: 'yes' })).body).toContain(
      'parle la langue',
    )
    // Whoever speaks Bambara does not word French.
    expect((await speaker.get(page('help.what', 'fr'))).body).not.toContain(url)
  })

  test.each(['nothing', 'console.nav', 'failure.form.stale', 'reply.received.text'])(
    '%s is none of the studio',
    async (key) => {
      expect((await officer.get(page(key, 'fr'))).statusCode).toBe(404)
    },
  )
})

function formOf(key: string): string {
  return key === 'common.kept' ? 'common.kept_other' : key
}

describe('a recording', () => {
  test('is kept with who made it, heard by everybody here, replaced, and taken away', async () => {
    const bytes = makeOgg(5)
    expect((await record(speaker, 'menu.title', 'bm', bytes)).statusCode).toBe(303)
    const menu = counter.texts.sayings.find(({ id }) => id === 'menu.title')
    const clip = () => counter.texts.voices().clip('bm', 'menu.title', menu?.choices ?? [])
    expect(clip()).toMatchObject({ seconds: 5, bytes: bytes.length })
    const heard = await assistant.get(`/console/studio/clips/${clip()?.media}`)
    expect([heard.statusCode, heard.headers['content-type'], heard.rawPayload]).toEqual([
      200,
      'audio/ogg',
      bytes,
    ])
    expect((await assistant.get(page('menu.title', 'bm'))).body).toContain('Kadi')
    expect((await record(speaker, 'menu.title', 'bm', makeOgg(8), 'file')).statusCode).toBe(303)
    expect(clip()).toMatchObject({ seconds: 8 })
    // A choice of its list is worded anew: what was recorded says something else by now.
    await word(officer, 'menu.need', 'bm', { text: 'N mago' })
    expect(clip()).toBeUndefined()
    expect((await officer.get('/console/studio?language=bm&want=stale')).body).toContain('menu.title')
    await officer.send(page('menu.need', 'bm'), '/console/studio/menu.need/restore', { version: '0' })
    expect(clip()).toMatchObject({ seconds: 8 })
    await speaker.send(page('menu.title', 'bm'), '/console/studio/menu.title/silence', {})
    expect(clip()).toBeUndefined()
  })

  test.each([
    ['too long', makeOgg(40), '30 secondes au plus'],
    ['too heavy', makeOgg(4, 130_000), '120'],
    ['a page that says it is a sound', Buffer.from('<html><script>alert(1)</script>'), 'fichier'],
    ['nothing', Buffer.alloc(0), 'enregistrement'],
  ])('that is %s is refused', async (_, bytes, why) => {
    const refused = await record(speaker, 'help.words', 'bm', bytes)
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain(why)
    expect(await counter.database.prisma.clip.count({ where: { saying: 'help.words' } })).toBe(0)
  })

  test.each(['clip-', `clip-${'0'.repeat(64)}`, '..%2f..%2fbaro.key'])(
    'is not found under %s',
    async (media) => {
      expect((await officer.get(`/console/studio/clips/${media}`)).statusCode).toBeGreaterThanOrEqual(404)
    },
  )
})

describe('the list', () => {
  test('finds by flow, language, words without accents, and what is to be done', async () => {
    const list = async (query: string) => (await officer.get(`/console/studio?${query}`)).body
    expect(await list('flow=help&language=fr')).toContain('help.words')
    expect(await list('flow=help&language=fr')).not.toContain('menu.title')
    expect(await list('q=egale&language=fr&q=medicament')).toBeTruthy()
    expect(await list('language=bm&want=unreviewed&flow=voice')).toContain('voice.danger')
    expect(await list('language=fr&want=unreviewed&flow=voice')).not.toContain('voice.danger')
    expect(await list('language=xx&want=yy&page=-7&flow=%3Cscript%3E')).toContain('Studio')
  })
})

describe('the gate', () => {
  test('is set by those who answer for words, and holds a flow back until it is ready', async () => {
    expect((await assistant.post('/console/flows', {})).statusCode).toBe(403)
    expect((await assistant.get('/console/flows')).body).not.toContain('name="budget"')
    const set = await officer.send('/console/flows', '/console/flows', { bm_reviewed: 'yes', budget: '300' })
    expect(set.statusCode).toBe(303)
    const { body } = await officer.get('/console/flows')
    expect(body).toContain('Dite en français')
    expect(
      (await counter.database.prisma.setting.findUnique({ where: { key: 'voice_budget' } }))?.value,
    ).toBe(300_000)
    const wrong = await officer.send('/console/flows', '/console/flows', { budget: '-1' })
    expect(wrong.statusCode).toBe(422)
    await officer.send('/console/flows', '/console/flows', { budget: '5000' })
  })
})

test('everything comes back out of the locale files it was exported to', async () => {
  await word(speaker, 'voice.fine', 'bm', { text: 'Baasi tɛ. I ni ce.', certainty: 'A', reviewed: 'yes' })
  await word(officer, 'voice.fine', 'fr', { text: 'Très bien. Merci.' })
  await record(speaker, 'voice.fine', 'bm', makeOgg(3))
  const root = await mkdtemp(join(tmpdir(), 'baro-texts-'))
  const shipped = fileURLToPath(new URL('../../', import.meta.url))
  for (const folder of ['locales', 'flows'])
    await cp(join(shipped, folder), join(root, folder), { recursive: true })
  const written = await exportTexts(counter.database.prisma, readShelf(), join(root, 'locales'))
  expect(written.clips).toBeGreaterThan(0)
  const again = makeConversation(readShelf(root))
  expect(again.locales.t('bm', 'voice.fine')).toBe('Baasi tɛ. I ni ce.')
  expect(again.locales.reviewer('bm', 'voice.fine')).toBe('Kadi')
  expect(again.locales.t('fr', 'voice.fine')).toBe('Très bien. Merci.')
  expect(again.voices().clip('bm', 'voice.fine', [])).toEqual(
    counter.texts.voices().clip('bm', 'voice.fine', []),
  )
  // Nothing else moved.
  const said = counter.texts.locales
  const same = said.keys().filter((key) => again.locales.t('bm', key) !== said.t('bm', key))
  expect(same).toEqual([])
  await rm(root, { recursive: true })
})
