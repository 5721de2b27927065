import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { makeBook, readFlow } from '../../src/flow/read.ts'
import { flowSchema } from '../../src/flow/schema.ts'

const head = 'flow: it\nversion: 1\nabout: A test.\nsteps:\n'
const faults = (steps: string) => readFlow('it', head + steps).issues

describe('reading a flow', () => {
  test('gives its steps with their kinds and the places of their ids', () => {
    const { flow, issues } = readFlow('it', `${head}  - { id: a, say: it.one }\n  - { id: b, end: done }`)
    expect(issues).toEqual([])
    expect(flow?.kinds).toEqual(['say', 'end'])
    expect(flow?.index.get('b')).toBe(1)
    expect(flow?.sensitive).toBe(false)
  })

  test('tells the faults of the shape that was meant, and of no other', () => {
    expect(faults('  - { id: a, ask: choice, text: it.q, keep: k, voise: parked }')).toEqual([
      { flow: 'it', step: 'a', code: 'wrong_step', message: 'step 1 (ask): Unrecognized key: "voise"' },
    ])
    expect(faults('  - { id: a, wait: soon }')).toMatchObject([{ step: 'a', code: 'wrong_step' }])
  })

  test('tells a step of no kind and one of two kinds', () => {
    expect(faults('  - { id: a, speak: it.one }')).toMatchObject([{ step: 'a', code: 'not_a_step' }])
    const [both] = faults('  - { id: a, say: it.one, end: done }')
    expect(both?.message).toContain('both say and end')
    expect(faults('  - just words')).toMatchObject([{ code: 'not_a_step' }])
  })

  test('tells every fault at once', () => {
    expect(
      faults('  - { id: a, say: One }\n  - { id: b, end: never }\n  - { id: A, say: it.one }'),
    ).toHaveLength(3)
  })

  test('refuses two steps of one id, another name than the file, and what is no YAML', () => {
    expect(faults('  - { id: a, say: it.one }\n  - { id: a, end: done }')).toMatchObject([
      { code: 'same_id' },
    ])
    expect(readFlow('that', `${head}  - { id: a, end: done }`).issues).toMatchObject([{ code: 'other_name' }])
    expect(readFlow('it', 'flow: [').issues[0]?.code).toBe('not_yaml')
    expect(readFlow('it', 'flow: it\nversion: 2\nabout: x\nsteps: []').issues).toMatchObject([
      { code: 'not_a_flow' },
      { code: 'not_a_flow' },
    ])
  })
})

describe('the hash of a flow', () => {
  const hash = (steps: string) => readFlow('it', head + steps).flow?.hash

  test('does not see comments, order of keys or spacing', () => {
    const one = hash('  - { id: a, say: it.one } # a comment\n')
    expect(hash('  - say: it.one\n    id: a\n')).toBe(one)
  })

  test('sees every change of meaning', () => {
    const one = hash('  - { id: a, say: it.one }')
    expect(hash('  - { id: a, say: it.two }')).not.toBe(one)
    expect(hash('  - { id: b, say: it.one }')).not.toBe(one)
  })
})

test('a book finds flows by key and older versions by hash', () => {
  const read = (text: string) => {
    const { flow } = readFlow('it', `${head}  - { id: a, say: ${text} }`)
    if (!flow) throw new Error('unread')
    return flow
  }
  const older = read('it.old')
  const newer = read('it.new')
  const book = makeBook([newer], [older])
  expect(book.keys()).toEqual(['it'])
  expect(book.current('it')).toBe(newer)
  expect(book.version(older.hash)).toBe(older)
  expect(book.version('unheard of')).toBeUndefined()
})

test('the schema for editors is the one the code means (write-schema.ts renews it)', () => {
  const file = readFileSync(new URL('../../flows/flow.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(file)).toEqual(JSON.parse(flowSchema()))
})
