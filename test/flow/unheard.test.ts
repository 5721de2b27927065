/** What is said besides the questions: line by line, with the request it leads to. */
import { expect, test } from 'vitest'
import { all, only, player } from './play.ts'
import { categories, smallHouse } from './small-house.ts'

function tellsOn() {
  const who = player(smallHouse)
  who.says('menu')
  expect(who.says('2').said).toEqual([categories])
  who.says('my roof fell down last night')
  who.says('and the rain came in')
  return who
}

test('every line of it is in the request, and its message goes there too', () => {
  const who = tellsOn()
  who.says('3')
  who.says('we sleep outside')
  const opened = who.says('1')
  expect(only(opened, 'request_opened').secret).toEqual({
    text: 'we sleep outside\nmy roof fell down last night\nand the rain came in',
  })
  expect(all(opened, 'request_joined').map(({ message }) => message)).toEqual(['message-3', 'message-4'])
})

test('the first of several lines that is taken back is left out, and only that one', () => {
  const who = tellsOn()
  who.sends({ kind: 'revoke', original: 'message-3' })
  who.says('3')
  who.says('we sleep outside')
  const opened = who.says('1')
  expect(only(opened, 'request_opened').secret).toEqual({ text: 'we sleep outside\nand the rain came in' })
  expect(all(opened, 'request_joined').map(({ message }) => message)).toEqual(['message-4'])
})

test('whoever is not understood to the end has all of it handed over', () => {
  const handed = tellsOn().says('zzz')
  expect(only(handed, 'request_opened').secret).toEqual({
    text: 'my roof fell down last night\nand the rain came in\nzzz',
  })
  expect(all(handed, 'request_joined')).toHaveLength(2)
})
