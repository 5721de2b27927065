import { describe, expect, test } from 'vitest'
import { hours, only, player, type Turn } from './play.ts'
import { categories, menu, smallHouse, urgencies } from './small-house.ts'

/** The tag of the list that a turn showed. */
function listOf(turn: Turn): string {
  const shown = turn.happenings.flatMap((one) => (one.type === 'message_created' ? [one.say.list] : []))
  return shown.findLast((list) => list !== undefined) ?? ''
}

function withLists() {
  const who = player(smallHouse)
  const menuList = listOf(who.says('menu'))
  const categoryList = listOf(who.says('2'))
  return { who, menuList, categoryList }
}

describe('a button', () => {
  test('of the open question answers it', () => {
    const { who, categoryList } = withLists()
    expect(only(who.presses(categoryList, 2), 'answer_kept').value).toBe('food')
  })

  test('of the open question answers it after days as well: what it says is sure', () => {
    const { who, categoryList } = withLists()
    who.after(72 * hours)
    expect(only(who.presses(categoryList, 2), 'answer_kept').value).toBe('food')
  })

  test('of an earlier question changes that answer', () => {
    const { who, categoryList } = withLists()
    who.says('1')
    expect(who.says('it rained in').said).toEqual([urgencies])
    expect(who.presses(categoryList, 3).said).toEqual(['need.tell'])
    who.says('it rained in')
    expect(only(who.says('1'), 'need_recorded').category).toBe('housing')
  })

  test('of the menu before chooses there', () => {
    const { who, menuList } = withLists()
    expect(who.presses(menuList, 1).said).toEqual(['followup.sure [yes|no]'])
  })

  test('of a matter that is over is told so, and what is open is asked again', () => {
    const { who, categoryList } = withLists()
    for (const answer of ['1', 'my child is ill', '1', 'Awa']) who.says(answer)
    expect(who.presses(categoryList, 1).said).toEqual(['common.old_list', menu])
    expect(who.presses(categoryList, 2).said).toEqual(['common.old_list', menu])
  })

  test.each([
    ['of a list nobody sent', 'zz', 1],
    ['with a number the list does not have', '2', 9],
  ])('%s is told so', (_, list, number) => {
    const { who } = withLists()
    expect(who.presses(list, number).said).toEqual(['common.old_list', categories])
  })

  test('of a doubt answers the doubt, and only while it stands', () => {
    const { who } = withLists()
    const doubt = listOf(who.says('healt'))
    expect(only(who.presses(doubt, 1), 'answer_kept').value).toBe('health')
    expect(who.presses(doubt, 1).said).toEqual(['common.old_list', 'need.tell'])
  })
})

describe('a quoted list', () => {
  test('is what a digit is read against', () => {
    const { who, menuList } = withLists()
    expect(who.says('1', menuList).said).toEqual(['followup.sure [yes|no]'])
  })

  test('that is the last one changes nothing', () => {
    const { who, categoryList } = withLists()
    expect(only(who.says('2', categoryList), 'answer_kept').value).toBe('food')
  })

  test('does not stop a word from meaning what it means', () => {
    const { who, menuList } = withLists()
    expect(who.says('help', menuList).said).toEqual(['help.what', categories])
  })
})

describe('a bare digit', () => {
  test('after the menu led somewhere and ended is read against that menu', () => {
    const who = player(smallHouse)
    who.says('menu')
    expect(who.says('4').said).toEqual(['menu.none'])
    expect(who.says('1').said).toEqual(['followup.sure [yes|no]'])
  })

  test('after twelve hours shows the menu instead', () => {
    const who = player(smallHouse)
    who.says('menu')
    who.says('4')
    who.after(13 * hours)
    expect(who.says('1').said).toEqual([menu])
  })

  test('after a list of another matter shows the menu', () => {
    const { who } = withLists()
    for (const answer of ['1', 'my child is ill', '1', 'Awa']) who.says(answer)
    expect(who.says('1').said).toEqual([menu])
  })
})

test('no more than five lists are remembered', () => {
  const { who } = withLists()
  for (let time = 0; time < 9; time += 1) who.says('repeat')
  expect(who.session().shown).toHaveLength(5)
  expect(new Set(who.session().shown.map(({ list }) => list)).size).toBe(5)
})
