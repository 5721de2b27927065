import { describe, expect, test } from 'vitest'
import {
  compareSides,
  isIdentified,
  mayChangeContact,
  mustBeChangeable,
  mustBeIdentified,
  type Side,
} from '../../src/core/match.ts'
import type { PersonValues } from '../../src/core/person.ts'
import { editPerson, undoEdit } from '../../src/core/person-rules.ts'

const side = (values: PersonValues, more: Partial<Side> = {}): Side => ({
  ...{ values, phones: [], caseNumbers: [] },
  ...more,
})

describe('two files', () => {
  test('are compared field by field; what is not known speaks neither way', () => {
    const one = side({ name: 'Traoré Djénéba', region: 'ml-kayes', birthYear: '1990', sex: 'woman' })
    const other = side({ name: 'Jɛnɛba Tarawele', region: 'ml-gao', birthYear: '1991' })
    expect(compareSides(one, other)).toMatchObject({ for: ['name', 'birth_year'], against: ['region'] })
    expect(compareSides(one, other)).toEqual(compareSides(other, one))
  })

  test('of one case number are likelier than those of one name', () => {
    const claim = side({ name: 'Awa' }, { caseNumbers: ['ML-1'] })
    const numbered = compareSides(claim, side({ name: 'Fanta Keïta' }, { caseNumbers: ['ML-1', 'ML-2'] }))
    const named = compareSides(side({ name: 'Awa Keïta' }), side({ name: 'Awa Keïta' }))
    expect(numbered.score).toBeGreaterThan(named.score)
    expect(numbered).toMatchObject({ for: ['case_number'], against: ['name'] })
  })

  test('of one sex are not likelier for it, and of two are less so', () => {
    expect(compareSides(side({ sex: 'man' }), side({ sex: 'man' }))).toEqual({
      for: [],
      against: [],
      score: 0,
    })
    expect(compareSides(side({ sex: 'man' }), side({ sex: 'woman' })).against).toEqual(['sex'])
  })

  test('of which nothing is known say nothing', () => {
    expect(compareSides(side({}), side({ name: 'Awa' }))).toEqual({ for: [], against: [], score: 0 })
  })
})

test('a newcomer is who they say after the call and two answers that agree', () => {
  expect(isIdentified(['called', 'name', 'father'])).toBe(true)
  expect(isIdentified(['name', 'father', 'village', 'return_date'])).toBe(false)
  expect(isIdentified(['called', 'name', 'name'])).toBe(false)
  expect(() => mustBeIdentified(['called'])).toThrow('identity:unchecked')
})

test('a number is replaced after two checks of three, and all of them once it was disputed', () => {
  const fine = { checks: ['called_old', 'two_facts'], noticed: true, disputed: false } as const
  expect(mayChangeContact(fine)).toBe(true)
  expect(mayChangeContact({ ...fine, noticed: false })).toBe(false)
  expect(mayChangeContact({ ...fine, checks: ['two_facts', 'two_facts'] })).toBe(false)
  expect(mayChangeContact({ ...fine, disputed: true })).toBe(false)
  expect(
    mayChangeContact({ ...fine, disputed: true, checks: ['called_old', 'called_contact', 'two_facts'] }),
  ).toBe(true)
  expect(() => mustBeChangeable({ ...fine, checks: [] })).toThrow('identity:unchecked')
})

describe('a correction', () => {
  test('names what differs with both values, and nothing when nothing does', () => {
    expect(
      editPerson({ name: 'Awa', sex: 'woman' }, { name: 'Hawa', region: 'ml-gao', sex: 'woman' }),
    ).toEqual([
      {
        type: 'person_edited',
        fields: ['name', 'region'],
        secret: { before: { name: 'Awa' }, after: { name: 'Hawa', region: 'ml-gao' } },
      },
    ])
    expect(editPerson({ name: 'Awa' }, { name: 'Awa' })).toEqual([])
  })

  test('is taken back whole or not at all', () => {
    const edit = {
      id: 'e',
      fields: ['name', 'region'],
      before: { name: 'Awa' },
      after: { name: 'Hawa', region: 'r' },
    } as const
    expect(undoEdit({ name: 'Hawa', region: 'r' }, edit)).toMatchObject([
      { undoes: 'e', secret: { before: edit.after, after: edit.before } },
    ])
    expect(() => undoEdit({ name: 'Hawa', region: 'other' }, edit)).toThrow('person:changed_meanwhile')
  })
})
