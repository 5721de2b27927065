/** What somebody says whose case is closed is read by a person before anything begins again (S9). */
import { describe, expect, test } from 'vitest'
import { makeVocabulary } from '../../src/flow/answer/vocabulary.ts'
import { readShelf } from '../../src/shelf.ts'
import { all, flow, met, only, player } from './play.ts'

const vocabulary = makeVocabulary(readShelf())

const menu = flow(
  'menu',
  `
  - { id: top, ask: choice, text: menu.title, keep: wish, choices: [{ value: go, text: menu.go, next: go }, { value: problem, text: menu.problem, words: [problem, complaint], next: bad }] }
  - { id: go, enter: need }
  - { id: bad, enter: problem }`,
)
const need = flow(
  'need',
  '  - { id: q, ask: choice, text: need.q, keep: category, choices: [{ value: food, text: need.food }] }\n  - { id: o, open_request: { kind: request.need, text: { answer: said } } }',
)
const problem = flow('problem', '  - { id: a, ask: text, text: problem.a, keep: what }')
const closed = () => player([menu, need, problem], { ...met, caseClosed: true }, [], vocabulary)
const story = 'I need food for my children'

describe('after the closure', () => {
  test('a sentence that names a need begins no flow: it goes to intake, and why stands with it', () => {
    const turn = closed().says(story)
    expect(only(turn, 'request_opened')).toMatchObject({
      kind: 'unclear',
      queue: 'intake',
      cause: 'after_closure',
    })
    expect(all(turn, 'flow_entered')).toEqual([])
    const running = player([menu, need, problem], met, [], vocabulary).says(story)
    expect(all(running, 'flow_entered').map((one) => one.flow)).toContain('need')
  })

  test('a complaint goes its own road, and a word alone is a wish', () => {
    const complaint = closed().says('problem with my kit')
    expect(all(complaint, 'flow_entered').map((one) => one.flow)).toContain('problem')
    expect(all(closed().says('food'), 'flow_entered').map((one) => one.flow)).toContain('need')
  })
})
