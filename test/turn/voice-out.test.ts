/** From a recording in the studio to a voice note on a phone, and to the pages on which it is shown again. */
import { expect, onTestFinished, test } from 'vitest'
import { makeConversation } from '../../src/conversation.ts'
import type { Language } from '../../src/core/language.ts'
import { readShelf } from '../../src/shelf.ts'
import { chatFile, chatHistory } from '../../src/store/chat-history.ts'
import { dropClip, openClip, writeClip } from '../../src/store/clip.ts'
import { type Wording, writeWording } from '../../src/store/wording.ts'
import { hashOfWords } from '../../src/text/locale.ts'
import { wordingOf } from '../../src/text/voices.ts'
import { retellTexts } from '../../src/turn/office-texts.ts'
import { makeOgg } from '../ogg.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, openOffice } from './office.ts'

const database = oneDatabase()

async function openStudio() {
  const talk = makeConversation(readShelf())
  const { prisma } = database()
  const office = await openOffice(database(), {
    engine: talk.engine,
    locales: talk.locales,
    open: async (media) => (await openClip(prisma, [], media)) ?? Buffer.alloc(0),
  })
  onTestFinished(() => office.close())
  const mariam = await hire(office, 'Mariam', ['officer'])
  const made = (language: Language, id: string) => {
    const saying = talk.sayings.find((one) => one.id === id)
    if (!saying) throw new Error(`there is no saying ${id}`)
    const wording = wordingOf(talk.locales, language, saying)
    return { id: office.clock.id(), language, saying: id, wording, staff: mariam.id, at: office.clock.now() }
  }
  const record = async (language: Language, id: string, seconds: number) => {
    const bytes = makeOgg(seconds)
    await writeClip(prisma, made(language, id), { bytes, seconds })
    await retellTexts(prisma, talk)
    return bytes
  }
  return { talk, prisma, office, mariam, made, record }
}

test('a recorded question goes out as a voice note, then as words with their buttons, and is seen again', async () => {
  const { prisma, office, record, made, talk } = await openStudio()
  const bytes = await record('fr', 'menu.title', 6)
  for (const text of ['bonjour', '1', '1', 'en vocal', 'menu']) await office.says('awa', text)
  const [voice, words] = office.channel.sent('awa').slice(-2)
  expect(voice?.spoken).toMatchObject({ text: '', file: { kind: 'voice', mime: 'audio/ogg', seconds: 6 } })
  expect(voice?.bytes).toEqual(bytes)
  expect(words?.spoken.buttons ?? words?.spoken.text).toBeTruthy()
  expect(words?.spoken.key).toBe('menu.title')
  // The recording is nobody's file: it costs the turn no row but the message.
  expect(await prisma.media.count()).toBe(0)

  const whose = { channel: office.channel.id, from: 'awa', now: office.clock.now() }
  const shown = (await chatHistory(database(), whose)).at(-2)
  expect(shown?.body).toMatchObject({ kind: 'file', as: 'voice', state: 'stored', clip: true, seconds: 6 })
  const media = voice?.spoken.file?.media ?? ''
  const file = await chatFile({ ...database(), clips: [] }, '/nowhere', { ...whose, media })
  expect(file?.bytes).toEqual(bytes)
  const ofAnother = await chatFile({ ...database(), clips: [] }, '/nowhere', {
    ...whose,
    from: 'issa',
    media,
  })
  expect(ofAnother).toBeUndefined()

  office.clock.forward(1_000)
  await dropClip(prisma, made('fr', 'menu.title'))
  await retellTexts(prisma, talk)
  const after = await office.says('awa', 'menu')
  expect(after.map(({ spoken }) => spoken.file)).toEqual([undefined])
})

test('a sentence worded anew is said at once in every process, and silences what was recorded of the old words', async () => {
  const { talk, prisma, office, mariam, record } = await openStudio()
  await record('fr', 'help.what', 4)
  const other = makeConversation(readShelf())
  const wording: Wording = {
    ...{ language: 'fr', key: 'help.what', number: 1, text: 'Ici on vous écoute.', staff: mariam.id },
    ...{ basedOn: hashOfWords(talk.locales.shipped.t('fr', 'help.what')), at: office.clock.now() },
  }
  await writeWording(prisma, office.clock.id(), wording)
  for (const one of [talk, other]) await retellTexts(prisma, one)
  expect(other.locales.t('fr', 'help.what')).toBe('Ici on vous écoute.')
  for (const text of ['bonjour', '1', '1', 'en vocal']) await office.says('awa', text)
  const said = await office.says('awa', 'aide')
  expect(said[0]?.spoken).toMatchObject({ text: 'Ici on vous écoute.' })
  expect(said.some(({ spoken }) => spoken.file)).toBe(false)

  // Two who write at once do not write over each other.
  await expect(writeWording(prisma, office.clock.id(), wording)).rejects.toMatchObject({
    code: 'text:changed_meanwhile',
  })
  // A text that stands on other words than those that ship is not said until somebody has looked.
  await writeWording(prisma, office.clock.id(), { ...wording, number: 2, basedOn: 'something else' })
  await retellTexts(prisma, talk)
  expect(talk.locales.t('fr', 'help.what')).toBe(talk.locales.shipped.t('fr', 'help.what'))
})

test('the labels of choices that were worded anew are understood as well', async () => {
  const { talk, prisma, office, mariam } = await openStudio()
  for (const text of ['bonjour', '1', '1', 'menu']) await office.says('awa', text)
  await writeWording(prisma, office.clock.id(), {
    ...{ language: 'fr', key: 'menu.followup', number: 1, text: 'Zinzolin', staff: mariam.id },
    ...{ basedOn: hashOfWords(talk.locales.shipped.t('fr', 'menu.followup')), at: office.clock.now() },
  })
  await retellTexts(prisma, talk)
  const [answer] = await office.says('awa', 'zinzolin')
  expect(answer?.spoken.key).toMatch(/^followup\./)
})
