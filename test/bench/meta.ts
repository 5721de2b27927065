/**
 * Meta, for the bench of the web hook, in a process of its own, as it is in life: answers what is sent (test/channel/graph-api.ts)
 * and brings signed bodies of one message each, evenly. Talks to the bench over the channel of `fork`.
 */
import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { appSecret, GraphApi, hookBody } from '../channel/graph-api.ts'

/** What the bench asks for: so many messages a second, for so long. */
export type Wish = { readonly url: string; readonly rate: number; readonly seconds: number }
/** Where the stand-in is, and then the milliseconds of every answer to a wish. */
export type Word =
  | { readonly root: string; readonly token: string }
  | { readonly times: readonly number[] }
  | { readonly fault: string }

/** People who write. */
const people = 1_000
const agent = new Agent({ keepAlive: true, maxSockets: 128 })
let brought = 0

async function bring({ url, rate, seconds }: Wish): Promise<readonly number[]> {
  const asked: Promise<number>[] = []
  const start = performance.now()
  for (let n = 0; n < rate * seconds; n++) {
    const due = start + (n / rate) * 1000
    if (due > performance.now()) await pause(due - performance.now())
    asked.push(bringOne(url, n, due))
  }
  return Promise.all(asked)
}

/** Milliseconds from when it was due: what the caller was late, or waited for a connection, counts too. */
async function bringOne(url: string, n: number, due: number): Promise<number> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const from = String(22_300_000_000 + (n % people))
  const message = { from, id: `wamid.${++brought}`, timestamp, type: 'text', text: { body: 'menu' } }
  const body = JSON.stringify(hookBody({ messages: [message] }))
  const signature = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`
  const headers = {
    ...{ 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    'x-hub-signature-256': signature,
  }
  const status = await new Promise<number | undefined>((done, fail) => {
    const call = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => done(answer.statusCode))
    })
    call.on('error', fail)
    call.end(body)
  })
  if (status !== 200) throw new Error(`the hook answered ${status}`)
  return performance.now() - due
}

const tell = (word: Word) => process.send?.(word)
const api = await GraphApi.start()
process.on('message', (wish: Wish) => {
  bring(wish).then(
    (times) => tell({ times }),
    (error) => tell({ fault: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
tell({ root: api.root, token: api.token })
