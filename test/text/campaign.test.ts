/** What a campaign says to one person: words, voice and picture, and to whom they are not said. */
import { expect, test } from 'vitest'
import type { Campaign } from '../../src/core/campaign.ts'
import { readShelf } from '../../src/shelf.ts'
import { sayAsTemplate, sayCampaign } from '../../src/text/campaign.ts'
import { makeLocales } from '../../src/text/locale.ts'

const locales = makeLocales(readShelf().locales)
const clip = { media: 'campaign-file-1', seconds: 4, bytes: 9_000 }
const picture = { media: 'campaign-file-2', bytes: 90_000 }
const campaign = {
  ...{ id: 'c', sensitive: true, picture },
  texts: { fr: { text: 'Bonjour {name}.', neutral: 'Bonjour.', clip }, bm: { text: 'I ni ce.' } },
} satisfies Partial<Campaign>
const screen = { buttons: undefined, textLength: 4096, files: { voice: 1_000_000, photo: 1_000_000 } }
const say = (
  listener: { language: string; neutral?: boolean },
  more: Partial<typeof campaign> = {},
  files = screen.files,
) =>
  sayCampaign(
    { ...campaign, ...more },
    { neutral: false, name: 'Awa', ...listener },
    { ...screen, files },
    locales,
  )

test('its voice is heard before its picture, which has the words under it', () => {
  const spoken = say({ language: 'fr' })
  expect([spoken?.before?.kind, spoken?.file?.kind, spoken?.text.split('\n')[0]]).toEqual([
    ...['voice', 'photo', 'Bonjour Awa.'],
  ])
  expect(say({ language: 'bm' })?.before).toBeUndefined()
  const { picture: _, ...without } = campaign
  const alone = sayCampaign(without, { language: 'fr', neutral: false }, screen, locales)
  expect([alone?.file?.kind, alone?.before]).toEqual(['voice', undefined])
})

test('on a shared phone a sensitive one is words alone', () => {
  const spoken = say({ language: 'fr', neutral: true })
  expect([spoken?.file, spoken?.before, spoken?.text.split('\n')[0]]).toEqual([
    undefined,
    undefined,
    'Bonjour.',
  ])
})

test('what the channel cannot carry is left out, and the words go', () => {
  const spoken = say({ language: 'fr' }, {}, { voice: 1_000, photo: 1_000 })
  expect([spoken?.file, spoken?.before]).toEqual([undefined, undefined])
  expect(spoken?.text).toContain('Bonjour Awa.')
})

test('outside the window it goes as its template, filled in, or not at all', () => {
  const template = { name: 'kits', language: 'fr_FR', speaks: 'fr', state: 'approved' } as const
  const texts = { fr: { text: 'Bonjour', template: 'kits' } }
  const say = (body: string, neutral = false, who: { name?: string } = { name: 'Awa' }) =>
    sayAsTemplate({ texts, sensitive: true }, { language: 'fr', neutral, ...who }, [{ ...template, body }])
  expect(say('Bonjour {{name}}, venez.')).toEqual({
    ...{ text: 'Bonjour Awa, venez.', language: 'fr' },
    template: { name: 'kits', language: 'fr_FR', values: { name: 'Awa' } },
  })
  expect(say('Venez.')?.template?.values).toEqual({})
  expect([say('Bonjour {{name}}', false, {}), say('Venez le {{date}}'), say('Venez.', true)]).toEqual([
    ...[undefined, undefined, undefined],
  ])
})
