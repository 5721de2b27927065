/** `npm run staff -- add`: the first account of all, and more of them beside a running house. */
import { expect, test } from 'vitest'
import type { Place, Program } from './program.ts'
import { makePrograms, type Programs } from './programs.ts'
import { Visitor } from './visitor.ts'

const password = 'une phrase assez longue'

/** Adds an account whose password comes over standard input, as from a file. */
async function add({ start }: Programs, where: Place, words: string, secret = password): Promise<Program> {
  const program = start(where, {}, ['staff', 'add', ...words.split(' ')])
  program.child.stdin?.end(`${secret}\r\n`)
  await program.ended
  return program
}

const awa = '--email awa@bureau.invalid --name Awa --role admin,supervisor --language en'
const issa = '--email issa@bureau.invalid --name Issa --role case_worker --supervisor awa@bureau.invalid'

test('an account made alone or beside a running house opens the door', async (context) => {
  const programs = makePrograms(context)
  const where = await programs.place()
  const alone = await add(programs, where, awa)
  expect([alone.child.exitCode, alone.said()]).toEqual([0, 'The account is made.\n'])

  const house = programs.start(where)
  const root = await house.open
  expect(house.said()).not.toContain('There is no staff yet')
  const beside = await add(programs, where, issa)
  expect([beside.child.exitCode, beside.said()]).toEqual([0, 'The account is made.\n'])
  expect(await new Visitor(root).signIn('awa@bureau.invalid', password)).toBe('/console')
  expect(await new Visitor(root).signIn(' Issa@Bureau.invalid', password)).toBe('/console')
  expect(await new Visitor(root).signIn('issa@bureau.invalid', `${password}.`)).toBeUndefined()

  const twice = await add(programs, where, issa)
  expect(twice.child.exitCode).toBe(1)
  expect(twice.said()).not.toMatch(/^\s+at /m)
  expect((await fetch(`${root}/health/ready`)).status).toBe(200)
})

test('an account that cannot be made is refused with every reason, and nothing is started', async (context) => {
  const programs = makePrograms(context)
  const where = await programs.place()
  const [wrong, weak] = await Promise.all([
    add(programs, where, '--email nowhere --name Awa --role chief --language de'),
    add(programs, where, awa, 'court'),
  ])
  expect(wrong.child.exitCode).toBe(1)
  for (const name of ['--email', '--role', '--language']) expect(wrong.said()).toContain(`- ${name}: `)
  expect(weak.child.exitCode).toBe(1)
  expect(weak.said()).toContain('- password: ')
  expect(weak.said()).not.toContain('court')
})
