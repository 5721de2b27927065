/**
 * `npm run chaos:whatsapp -- --failures 100`: one session after the other broken at random while people go on writing and we
 * go on answering: browser killed, page crashed, page closed, events doubled, files late, acknowledgements lost. Prints one
 * JSON object last: what was lost, doubled, out of order, and how long the session was away.
 */
import { realClock } from '../../../src/world.ts'
import { oggVoice } from '../benches.ts'
import { noFiles, until } from '../ears.ts'
import { type Desk, openDesk } from './desk.ts'

export type Tally = {
  readonly failures: number
  readonly said: number
  readonly lost: number
  readonly doubled: number
  readonly disordered: number
  readonly answers: number
  readonly answersLost: number
  readonly answersDoubled: number
  readonly slowestReturnSeconds: number
}

type Trouble = (desk: Desk, chat: string, n: number) => Promise<boolean>

/** Each gives whether the session dies of it. */
const troubles: Readonly<Record<string, Trouble>> = {
  async kill({ page }) {
    page().browser().process()?.kill('SIGKILL')
    return true
  },
  async crash({ page }) {
    const line = await page().createCDPSession()
    void line.send('Page.crash').catch(() => undefined)
    return true
  },
  async close({ page }) {
    void page()
      .close()
      .catch(() => undefined)
    return true
  },
  async conflict({ standIn }) {
    void standIn.tell({ t: 'state', state: 'CONFLICT' })
    return true
  },
  async double({ standIn }, chat, n) {
    const id = await standIn.says(chat, { text: `double ${n}` })
    await standIn.tell({ t: 'again', id }, { t: 'again', id })
    return false
  },
  async late({ standIn }, chat) {
    const file = { type: 'ptt', bytes: oggVoice, mimetype: 'audio/ogg; codecs=opus', late: true }
    const id = await standIn.says(chat, { file })
    setTimeout(() => void standIn.tell({ t: 'arrived', id }), 500)
    return false
  },
  async deaf({ standIn }) {
    const before = standIn.sent.length
    standIn.acks = []
    // WhatsApp had them all the time, and says so late.
    setTimeout(() => {
      standIn.acks = [1, 2]
      for (const { id } of standIn.sent.slice(before)) void standIn.acknowledge(id, 1)
    }, 300)
    return false
  },
}

const people = Array.from({ length: 5 }, (_, n) => `2238000000${n}@c.us`)

/** Breaks `desk` so often; everybody writes before, during and after each. */
export async function chaos(desk: Desk, failures: number): Promise<Tally> {
  const { standIn, ears, channel } = desk
  const said = new Map<string, string[]>(people.map((chat) => [chat, []]))
  const answers: Promise<void>[] = []
  let slowest = 0
  const write = async (n: number, when: string) => {
    for (const chat of people) {
      const text = `${n} ${when}`
      said.get(chat)?.push(text)
      await standIn.says(chat, { text })
    }
  }
  for (let n = 0; n < failures; n += 1) {
    const names = Object.keys(troubles)
    const trouble = troubles[names[realClock.dice(names.length)] ?? 'kill']
    await write(n, 'before')
    answers.push(answer(desk, people[n % people.length] ?? '', `answer ${n}`))
    const pages = standIn.pages
    const began = performance.now()
    const dies = (await trouble?.(desk, people[n % people.length] ?? '', n)) ?? false
    await write(n, 'during')
    if (!dies) continue
    await until(`session ${n} is back`, () => standIn.pages > pages && channel.state() === 'up', 60_000)
    slowest = Math.max(slowest, performance.now() - began)
    await write(n, 'after')
  }
  await Promise.all(answers)
  const all = [...said.values()].reduce((sum, texts) => sum + texts.length, 0)
  const heardOf = (chat: string) =>
    ears.rows.flatMap(({ from, content }) =>
      from === chat && content.kind === 'text' && !content.text.startsWith('double') ? [content.text] : [],
    )
  await until('everything is heard', () => people.flatMap(heardOf).length >= all, 60_000).catch(
    () => undefined,
  )
  const count = (test: (chat: string, texts: readonly string[]) => number) =>
    [...said].reduce((sum, [chat, texts]) => sum + test(chat, texts), 0)
  const wanted = Array.from({ length: failures }, (_, n) => `answer ${n}`)
  const times = (text: string) => standIn.sent.filter(({ body }) => body === text).length
  return {
    ...{ failures, said: all, answers: failures },
    lost: count((chat, texts) => texts.filter((text) => !heardOf(chat).includes(text)).length),
    doubled: count((chat) => heardOf(chat).length - new Set(heardOf(chat)).size),
    disordered: count((chat, texts) => (heardOf(chat).join() === texts.join() ? 0 : 1)),
    answersLost: wanted.filter((text) => times(text) === 0).length,
    answersDoubled: wanted.filter((text) => times(text) > 1).length,
    slowestReturnSeconds: Math.round(slowest / 100) / 10,
  }
}

/** As the outbox does: what surely did not go is tried again, what may have gone is looked for first. */
async function answer({ channel }: Desk, chat: string, text: string): Promise<void> {
  let resent = false
  for (let tries = 0; tries < 1_000; tries += 1) {
    if (channel.holdsBack?.() === undefined) {
      try {
        await channel.send(chat, { text, language: 'fr' }, noFiles, { resent })
        return
      } catch (error) {
        const { code } = error as { code?: string }
        if (code !== 'channel:unreachable') resent = true
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

if (process.argv[1]?.endsWith('chaos.ts')) {
  const failures = Number(process.argv[process.argv.indexOf('--failures') + 1]) || 100
  const desk = await openDesk()
  try {
    process.stdout.write(`${JSON.stringify(await chaos(desk, failures))}\n`)
  } finally {
    await desk.close()
  }
}
