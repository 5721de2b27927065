import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dangerKinds } from '../../../src/core/danger.ts'
import { wordingsOf } from '../../../src/flow/answer/danger-phrase.ts'
import { readDanger } from '../../../src/flow/answer/files.ts'
import { shelf, typists, vocabulary } from './words.ts'

const { kinds, groups } = readDanger(shelf.danger)
const inAll = ({ fr, en, bm }: { fr: string[]; en: string[]; bm: string[] }) => [...fr, ...en, ...bm]
/** Every wording of a phrase, with a number where one belongs. */
const filled = (phrase: string) =>
  wordingsOf(phrase, groups).map((wording) =>
    wording.replace(/\{(?:age|teen|n)\}/, '15').replace('{sum}', '50 000'),
  )
const strong = dangerKinds.flatMap((kind) =>
  inAll(kinds[kind].strong).map((phrase) => ({ kind, phrase, wordings: filled(phrase) })),
)
const weak = dangerKinds.flatMap((kind) =>
  inAll(kinds[kind].weak).map((phrase) => ({ kind, phrase, wordings: filled(phrase) })),
)
const lookAlikes = dangerKinds.flatMap((kind) =>
  kinds[kind].lookAlikes.map((phrase) => ({ kind, phrase, wordings: filled(phrase) })),
)

describe('danger phrases', () => {
  test.each(strong)(
    '"$phrase" is strong, alone and in a sentence, however it is typed',
    ({ kind, wordings }) => {
      const found = { kind, strength: 'strong' }
      for (const wording of wordings) {
        for (const type of [(text: string) => text, ...typists]) {
          expect([type(wording), vocabulary.danger(type(wording))]).toEqual([type(wording), found])
        }
        expect(vocabulary.danger(`Bonjour. ${wording}! Merci`)).toEqual(found)
      }
    },
  )

  test.each(weak)('"$phrase" is weak', ({ kind, wordings }) => {
    for (const wording of wordings) {
      expect([wording, vocabulary.danger(wording)]).toEqual([wording, { kind, strength: 'weak' }])
      expect(vocabulary.danger(`bonjour ${wording} merci`)).toEqual({ kind, strength: 'weak' })
    }
  })

  test.each(lookAlikes)('"$phrase" is no danger, however it is typed', ({ wordings }) => {
    for (const wording of wordings) {
      for (const type of [(text: string) => text, ...typists]) {
        expect([type(wording), vocabulary.danger(type(wording))]).toEqual([type(wording), undefined])
      }
    }
  })

  test.each([
    ["le monsieur du projet a dit que je dois coucher avec lui pour avoir l'aide", 'sea'],
    ['je veux en finir', 'suicide'],
    ["n b'a fɛ ka n yɛrɛ faga", 'suicide'],
    ['n ba fe ka nyere faga', 'suicide'],
    ['nba fe ka n yere faga', 'suicide'],
    ['jai envie de mourir', 'suicide'],
    ['J AI ENVIE DE MOURIR', 'suicide'],
    ['je veu en finir', 'suicide'],
    ['jai envi de mouri', 'suicide'],
    ['je veut plus vivre', 'suicide'],
    ['j ai 15 an', 'child'],
    ['n si bɛ san 15 na', 'child'],
    ["j'ai quinze ans", 'child'],
    ['n si bɛ san tan ni duuru na', 'child'],
    ['mon agent me demande 50 000 pour mon kit', 'fraud'],
    ['on ma vendu en libye', 'trafficking'],
    ['i wan die', 'suicide'],
    ['ma belle mère me tape', 'gbv'],
    ['mon père veut me donner à un vieux', 'gbv'],
    ['my uncle wan marry me give old man', 'gbv'],
    ['the man for office say make i sleep with am', 'sea'],
    ['dem dey find me to kill me', 'danger_now'],
    ['on me cherche pour me tuer', 'danger_now'],
    ['le chef de bureau couche avec les filles', 'sea'],
    ['he dey touch me', 'sea'],
    ['mon agent demande argent', 'fraud'],
    ["l'agent veut 5000 avant de m'aider", 'fraud'],
    ['le chef du bureau a pris mon kit', 'fraud'],
    ['the officer want money before he help me', 'fraud'],
    ['my case worker ask me for money', 'fraud'],
  ])('"%s" is strong %s', (text, kind) => {
    expect(vocabulary.danger(text)).toEqual({ kind, strength: 'strong' })
  })

  test.each([
    'mon fils a 15 ans',
    "j'ai 18 ans",
    "j'ai 30 ans",
    "j'ai 15 ans d'expérience",
    "j'ai quinze ans d'expérience",
    'i am 15 minutes away',
    'i am 45',
    "n b'a fɛ ka san",
    'pas de danger',
    'pas de violence ici',
    "pas d'arnaque",
    'aucune menace',
    'no threat',
    'une violette',
    'prix imbattable',
    "jɔn y'a ta",
    'il a battu le record du monde',
    'je veux travailler',
    'la faim veut me tuer',
    'hunger wan kill me',
    "l'agent veut 3 photos",
    'ma femme couche avec un autre',
    'the hospital asked me to pay',
    'they took my son to school',
    "le chef du village demande de l'argent",
    '',
    '1',
    '🙏',
  ])('"%s" is no danger', (text) => expect(vocabulary.danger(text)).toBeUndefined())

  test('the gravest of several wins: strong before weak, then in the order of the kinds', () => {
    expect(vocabulary.danger("j'ai peur, je veux mourir, il a pris mon argent")).toEqual({
      kind: 'suicide',
      strength: 'strong',
    })
    expect(vocabulary.danger("plus d'espoir, il a pris mon argent")).toEqual({
      kind: 'fraud',
      strength: 'strong',
    })
  })

  test('a look-alike hides only itself', () => {
    expect(vocabulary.danger('il a battu le record et mon mari me bat')).toEqual({
      kind: 'gbv',
      strength: 'strong',
    })
  })

  test('a negation takes back a weak word, never a strong phrase', () => {
    expect(vocabulary.danger('sans violence')).toBeUndefined()
    expect(vocabulary.danger('sans viol')).toEqual({ kind: 'gbv', strength: 'strong' })
  })

  test('no text of any kind breaks it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(() => vocabulary.danger(text)).not.toThrow()
      }),
    )
  })

  test('a danger inside any other words is found', () => {
    const word = fc.constantFrom('madame', 'ici', 'le', 'kit', 'n', 'ka', 'help', '12', '?')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), fc.array(word, { maxLength: 8 }), (before, after) => {
        const text = [...before, 'mon mari me bat', ...after].join(' ')
        expect(vocabulary.danger(text)?.strength).toBe('strong')
      }),
    )
  })
})

describe('how old a child says that they are', () => {
  test.each([
    ["j'ai 15 ans", 15],
    ['j ai quinze ans, aidez moi', 15],
    ['jai 15ans', 15],
    ['je suis une fille de 12 ans', 12],
    ['i am 16', 16],
    ['n si bɛ san 9 na', 9],
    ["mon mari me bat et j'ai 16 ans", 16],
    ['je veux mourir, j’ai 17 ans', 17],
  ])('%s: %i', (text, years) => expect(vocabulary.yearsSaid(text)).toBe(years))

  test.each([
    "j'ai 18 ans",
    'je suis mineur',
    'mon fils a 15 ans',
    "j'ai 15 ans de métier",
    'i have 15 goats',
    '15',
  ])('%s says nothing of it', (text) => expect(vocabulary.yearsSaid(text)).toBeUndefined())
})
