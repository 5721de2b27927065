/** What the pages are made of: no raw html, no htmx name that htmx does not know, no word that is missing. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { describe as say } from '../../src/console/describe.ts'
import { dueState } from '../../src/console/pages/bits.tsx'
import { length, wordsFor } from '../../src/console/words.ts'
import { dangerKinds } from '../../src/core/danger.ts'
import { staffLanguages } from '../../src/core/language.ts'
import { deliveryStates } from '../../src/core/message.ts'
import { needCategories, needResults, urgencies } from '../../src/core/need.ts'
import { queueKeys } from '../../src/core/queue.ts'
import { outcomes, requestKinds, requestStates } from '../../src/core/request.ts'
import { roles } from '../../src/core/staff.ts'
import { visibilities } from '../../src/core/visibility.ts'
import { readShelf } from '../../src/shelf.ts'
import { makeLocales } from '../../src/text/locale.ts'

const root = fileURLToPath(new URL('../../src/', import.meta.url))
const textsOf = (room: string) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file: `${room}/${file}`, text: readFileSync(join(root, room, file), 'utf8') }))
const files = ['console', 'web'].flatMap(textsOf)
const locales = makeLocales(readShelf().locales)

describe('the pages', () => {
  test('set nothing as raw html', () => {
    expect(files.filter(({ text }) => /dangerouslySetInnerHTML|\.innerHTML/.test(text))).toEqual([])
  })

  test('carry no style and no script of their own, as the policy demands', () => {
    // A picture is a document of its own, with a policy of its own.
    const pictures = ['console/chart.ts']
    const inline =
      /\sstyle=|\son(?:click|change|submit|load|error|input|key\w+|mouse\w+|focus|blur)=|<script>|<style/
    const carrying = files.filter(({ text }) => inline.test(text)).map(({ file }) => file)
    expect(carrying.filter((file) => !pictures.includes(file))).toEqual([])
  })

  test('name only what htmx knows', () => {
    const packages = createRequire(import.meta.url)
    const known = ['htmx.org/dist/htmx.js', 'htmx.org/dist/ext/hx-sse.js']
      .map((file) => readFileSync(packages.resolve(file), 'utf8'))
      .join('\n')
    const used = new Set(
      files
        .flatMap(({ text }) => [...text.matchAll(/['"\s](hx-[a-z-]+(?::[a-z0-9]+)?)['"]?\s*[=:]\s*["'{`]/g)])
        .map(([, name = '']) => name),
    )
    expect(used.size).toBeGreaterThan(5)
    const base = (name: string) => (name.startsWith('hx-status:') ? 'hx-status' : name)
    // The verbs are put together in htmx: "hx-" + verb.
    const verbs = new Set(['hx-get', 'hx-post'])
    const strange = [...used].filter((name) => !verbs.has(name) && !known.includes(base(name)))
    expect(strange).toEqual([])
  })
})

describe('the words', () => {
  const wanted = [
    ...files.flatMap(({ text }) =>
      [...text.matchAll(/\bt\(\s*'([a-z_]+\.[a-z_0-9]+)'/g)].map(([, key]) => key),
    ),
    ...files.flatMap(({ text }) =>
      [...text.matchAll(/'((?:answer|form|admin|first|attempt)\.[a-z_]+)'/g)].map(([, key]) => key),
    ),
    ...queueKeys.map((key) => `queue.${key}`),
    ...roles.map((key) => `role.${key}`),
    ...dangerKinds.map((key) => `danger.${key}`),
    ...deliveryStates.map((key) => `delivery.${key}`),
    ...needCategories.map((key) => `need.${key}`),
    ...needResults.map((key) => `result.${key}`),
    ...urgencies.map((key) => `urgency.${key}`),
    ...outcomes.map((key) => `outcome.${key}`),
    ...requestStates.map((key) => `state.${key}`),
    ...visibilities.map((key) => `visibility.${key}`),
    ...[0, 1, 2, 3, 4].map((key) => `priority.${key}`),
  ]

  test.each(staffLanguages)('are all there in %s', (language) => {
    expect(wanted.length).toBeGreaterThan(150)
    const missing = new Set(wanted.filter((key) => !locales.has(language, `console.${key}`)))
    const kinds = Object.keys(requestKinds).filter((kind) => !locales.has(language, `taxonomy.${kind}`))
    expect([...missing, ...kinds]).toEqual([])
  })

  test('are no more than are used', () => {
    const everything = files.map(({ text }) => text).join('\n')
    const desk = textsOf('desk').map(({ text }) => text)
    /** The desk in chat names its own without the subject, whole or put together. */
    const isOfDesk = (key: string) => {
      const [, own = ''] = /^chat\.(.+)$/.exec(key) ?? []
      const [, head = '', tail = ''] = /^(.*[._])?([^._]+)$/.exec(own) ?? []
      const forms = [`'${own}'`, `${head || own}\${`, `}_${tail}\``]
      return own !== '' && desk.some((text) => forms.some((form) => text.includes(form)))
    }
    const families = [...everything.matchAll(/`([a-z_.]+\.)\$\{/g)].map(([, family = '']) => family)
    const families2 = new Set(
      [...everything.matchAll(/`([a-z]+)\.([a-z]+_)\$\{/g)].map(([, one, two]) => `${one}.${two}`),
    )
    const idle = locales
      .keys()
      .filter((key) => key.startsWith('console.'))
      .map((key) => key.slice('console.'.length))
      .filter((key) => !everything.includes(`'${key}'`) && !everything.includes(`"${key}"`))
      .filter((key) => !isOfDesk(key) && !families.some((start) => key.startsWith(start)))
      .filter((key) => ![...families2].some((start) => key.startsWith(start)))
    expect(idle).toEqual([])
  })
})

describe('times and lengths', () => {
  const now = new Date('2026-11-23T12:00:00Z')
  const words = wordsFor(locales, 'fr', now)
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

  test.each([
    [0, '1\u00a0min'],
    [12, '12\u00a0min'],
    [59, '59\u00a0min'],
    [60, '1\u00a0h'],
    [47 * 60, '47\u00a0h'],
    [48 * 60, '2\u00a0j'],
    [30 * 24 * 60, '30\u00a0j'],
  ])('%i minutes are said as %s', (minutes, said) => {
    expect(words.span(before(minutes))).toBe(said)
  })

  test('a voice note of 78 seconds is 1:18', () => {
    expect([length(18), length(78), length(5)]).toEqual(['0:18', '1:18', '0:05'])
  })

  test('what is due is late, soon or fine, and nothing when closed', () => {
    const at = (minutes: number, state: 'open' | 'closed' = 'open') =>
      dueState({ state, dueAt: new Date(now.getTime() + minutes * 60_000) }, now)
    expect([at(-1), at(0), at(239), at(240), at(-1, 'closed')]).toEqual([
      'late',
      'soon',
      'soon',
      'fine',
      'done',
    ])
  })
})

test('an event that staff need not read has no line, the others a sentence with every name filled in', () => {
  const words = wordsFor(locales, 'fr', new Date(0))
  const names = { m: 'Moussa' }
  expect(say({ type: 'flow_entered', flow: 'menu' }, words, { names })).toBeUndefined()
  const sentences = [
    say({ type: 'request_taken', request: 'r', owner: 'm' }, words, { names }),
    say({ type: 'request_handed_over', request: 'r', queue: 'needs', secret: { reason: 'parti' } }, words, {
      by: 'Awa',
      names,
    }),
    say({ type: 'request_closed', request: 'r', outcome: 'referred', secret: { note: 'vu' } }, words, {
      by: 'Awa',
      names,
    }),
    say({ type: 'contact_attempted', attempt: 'a', way: 'call', reached: false }, words, {
      by: 'Awa',
      names,
    }),
    say({ type: 'danger_noticed', danger: { kind: 'gbv', strength: 'weak' } }, words, { names }),
    say({ type: 'messages_stopped', how: 'campaigns' }, words, { names }),
  ]
  for (const sentence of sentences) expect(sentence).toMatch(/^[^{}]+$/)
  expect(sentences.join('\n').replaceAll('\u00a0', ' ')).toMatchInlineSnapshot(`
    "Demande prise par Moussa.
    Demande transmise par Awa à la file Besoins. « parti »
    Demande close par Awa : orientée vers un partenaire. « vu »
    Essai de contact par Awa : Appel, non jointe.
    Un danger a été remarqué : violences.
    La personne ne veut plus d'informations"
  `)
})
