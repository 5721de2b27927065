/** The product as somebody at a keyboard meets it: `npm run chat`, driven over its input. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, type TestContext, test } from 'vitest'
import { makePlace, type Place, type Program, run, stop, until } from './program.ts'

/** The program in a folder that holds everything temporary of it. */
async function chat({
  onTestFinished,
}: TestContext): Promise<{ readonly program: Program; readonly place: Place }> {
  const place = await makePlace()
  const program = run(place, ['chat'], {
    built: inject('program'),
    settings: { TMPDIR: place.folder },
  })
  onTestFinished(async () => {
    await stop(program)
    await place.remove()
  })
  return { program, place }
}

async function leftovers({ folder }: Place): Promise<readonly string[]> {
  return readdir(folder)
}

/** The number of the database server that the program started in this folder. */
async function serverOf(place: Place): Promise<number> {
  const [house = ''] = await leftovers(place)
  const text = await readFile(join(place.folder, house, 'data/postgres/postmaster.pid'), 'utf8')
  return Number.parseInt(text, 10)
}

test.concurrent('a need is told in misspelt French, half of it aloud, and breaking off leaves nothing behind', async (context) => {
  const { program, place } = await chat(context)
  let read = 0
  /** Writes a line and waits for the words that answer it. */
  const says = async (line: string, answer: string) => {
    program.child.stdin?.write(`${line}\n`)
    await until(`"${line}" is answered by "${answer}"`, program, () => program.said().includes(answer, read))
    read = program.said().length
  }
  await says('bonjour', '1 Français')
  expect(await leftovers(place)).not.toEqual([])
  await says('francais', "Êtes-vous d'accord ?")
  await says('wi', 'Dites ce dont vous avez besoin')
  await says('nouriture', 'Expliquez votre besoin')
  await says('/voice 12', 'Est-ce très urgent ?')
  await says('urgant', "Voulez-vous dire « Oui, aujourd'hui » ?")
  await says('oui', 'Votre numéro de demande est')
  expect(program.said()).toMatch(/Votre numéro de demande est \d{3}-\d{2}-\d{3}/)
  await says('/voice soon', '/voice SECONDS')
  const server = await serverOf(place)
  program.child.kill('SIGINT')
  expect(await program.ended).toEqual({ code: 0, signal: null })
  expect(await leftovers(place)).toEqual([])
  expect(() => process.kill(server, 0)).toThrow('ESRCH')
})

test.concurrent('whoever types everything at once in English and leaves is answered all the same', async (context) => {
  const { program, place } = await chat(context)
  program.child.stdin?.write('helo\nenglish\nyess\nmedicine\nmy child is ill\ntoday\n/quit\n')
  expect(await program.ended).toEqual({ code: 0, signal: null })
  expect(program.said()).toContain('Which language do you want?')
  expect(program.said()).toMatch(/Your request number is \d{3}-\d{2}-\d{3}/)
  expect(program.said().trimEnd().split('\n').at(-1)).toContain('What is your name?')
  expect(await leftovers(place)).toEqual([])
})
