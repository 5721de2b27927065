import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Program, ready, stop } from './program.ts'
import { makePrograms } from './programs.ts'
import { Visitor } from './visitor.ts'

/** What people and staff say and write: words that nothing else in a database or a log contains. */
const words = {
  name: 'Zqadia Wurubane',
  phone: '76543219',
  danger: 'mon mari me bat vorkelim',
  story: 'plondesar derriere la mosquee',
  failing: 'grimtozel pendant la panne',
  caption: 'hulbrenta sur la photo',
  photo: 'quirvanel inside the bytes',
  answer: 'drostigal nous vous attendons',
  note: 'smekvorn pour les collegues',
  search: 'wexpolid',
  password: 'frobnixated passwords 7',
} as const

const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
)

/** A browser in the web chat; its forms carry a name of their own each. */
function makeChatter(root: string, who: string) {
  let cookie = ''
  let count = 0
  const ask = async (init: RequestInit) => {
    const headers = { cookie, accept: 'text/html' }
    const answer = await fetch(`${root}/chat`, { ...init, headers, redirect: 'manual' })
    const [set] = answer.headers.getSetCookie()
    if (set) cookie = set.split(';')[0] ?? ''
    return answer
  }
  const key = () => {
    count += 1
    return `${who}-message-${count}`
  }
  return {
    open: () => ask({}),
    async says(text: string) {
      const answer = await ask({ method: 'POST', body: new URLSearchParams({ key: key(), text }) })
      return answer.status
    },
    async sends(text: string, file: Buffer) {
      const body = new FormData()
      body.set('key', key())
      body.set('text', text)
      body.set('file', new Blob([new Uint8Array(file)]), 'x.png')
      return (await ask({ method: 'POST', body })).status
    },
  }
}

async function addStaff(start: (words: readonly string[]) => Program, role: string): Promise<void> {
  const more = ['--email', `${role}@bureau.invalid`, '--name', role, '--role', role, '--language', 'fr']
  const child = start(['staff', 'add', ...more])
  child.child.stdin?.end(`${words.password}\n`)
  expect((await child.ended).code, child.said()).toBe(0)
}

/** Every file under a folder, with its bytes. */
async function filesUnder(folder: string): Promise<readonly { name: string; bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Promise.all(
    files.map(async (entry) => {
      const name = join(entry.parentPath, entry.name)
      return { name, bytes: await readFile(name) }
    }),
  )
}

/** Which of the words these bytes contain, whole or by their most particular word. */
function wordsIn(bytes: Buffer): string[] {
  return Object.values(words).filter((text) => {
    const [rare = text] = text.split(' ').sort((one, other) => other.length - one.length)
    return [text, text.toLowerCase(), rare].some((one) => bytes.includes(one))
  })
}

test('no word of people or staff is in the log or in the clear on disk, whatever goes wrong', async (context) => {
  const programs = makePrograms(context)
  const place = await programs.office()
  const settings = { LOG_LEVEL: 'debug', WEB_CHAT: 'on' }
  const house = programs.start(place, { settings })
  const root = await house.open
  for (const role of ['protection', 'assistant', 'case_worker']) {
    await addStaff((line) => programs.start(place, { settings }, line), role)
  }

  const known = makeChatter(root, 'known')
  await known.open()
  for (const text of ['bonjour', '1', '1', words.story, words.name, 'Kayes', 'passe', words.phone, '1']) {
    expect(await known.says(text)).toBe(303)
  }
  expect(await known.sends(words.caption, Buffer.concat([dot, Buffer.from(words.photo)]))).toBe(303)
  const frightened = makeChatter(root, 'afraid')
  await frightened.open()
  for (const text of [words.danger, '1', '1', words.story]) await frightened.says(text)
  await makeChatter(root, 'stranger').says(words.story)

  const staff = new Visitor(root)
  expect(await staff.signIn('assistant@bureau.invalid', `${words.password} wrong`)).toBeUndefined()
  expect(await staff.signIn('assistant@bureau.invalid', words.password)).toBe('/console')
  expect((await staff.send('/login/conduct', { accept: 'yes' })).status).toBe(303)
  const list = await (await staff.get('/console/requests?view=queues')).text()
  const [path = ''] = /\/console\/requests\/\d{3}-\d{2}-\d{3}/.exec(list) ?? []
  expect(path).not.toBe('')
  const once = () =>
    `00000000-0000-7000-8000-${String(performance.now()).replace('.', '').padStart(12, '0').slice(-12)}`
  const sent = async (act: string, fields: Record<string, string>) => {
    const page = await (await staff.get(path)).text()
    const token = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
    return staff.send(`${path}/${act}`, { _csrf: token, once: once(), ...fields })
  }
  await staff.get(`/console/requests?q=${words.search}`)
  await staff.get(`/console/people/${words.search}`)
  expect((await sent('answer', { text: words.answer })).status).toBe(303)
  expect((await sent('note', { note: words.note })).status).toBe(303)
  await sent('hand-over', { to: `queue:${words.search}`, note: words.note })
  await sent('close', { outcome: words.search, note: words.note })
  const strange = { 'content-type': 'application/json' }
  await fetch(`${root}/chat`, { method: 'POST', body: `{"text":"${words.failing}`, headers: strange })
  await fetch(`${root}/${words.search}/%E0%A4%A?${words.search}`)

  // The database dies while people write; it comes back by itself.
  const pid = Number.parseInt(await readFile(join(place.folder, 'data/postgres/postmaster.pid'), 'utf8'), 10)
  process.kill(pid, 'SIGQUIT')
  const ends = [known.says(words.failing), frightened.says(words.failing), sent('note', { note: words.note })]
  // Some of them find the line cut: the person sends again.
  await Promise.allSettled(ends)
  for (let tries = 0; (await ready(house)) !== 200 && tries < 200; tries++) await pause(100)
  await known.says(words.failing)
  await frightened.says(words.failing)
  await pause(2_000)
  expect(await stop(house)).toBe(0)

  expect(house.said()).toContain('the server died and is started again')
  expect(wordsIn(Buffer.from(house.said()))).toEqual([])
  const found = (await filesUnder(place.folder)).flatMap(({ name, bytes }) => {
    const inside = wordsIn(bytes)
    return inside.length > 0 ? [{ name: name.slice(place.folder.length), inside }] : []
  })
  expect(found).toEqual([])
  // The check sees what is there: names of staff are no secret of the disk.
  const disk = await filesUnder(join(place.folder, 'data/postgres'))
  expect(disk.some(({ bytes }) => bytes.includes('protection@bureau.invalid'))).toBe(true)
})
