/** Just enough of a browser to sign in and read pages, and to know how many bytes travelled. */
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { generate } from 'otplib'

export type Fetched = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Of the body, as it travelled. */
  readonly bytes: number
}

export type Browser = {
  get(path: string): Promise<Fetched>
  post(path: string, form: Readonly<Record<string, string>>): Promise<Fetched>
}

/** A browser that is signed in. */
export async function enter(address: string, email: string, password: string): Promise<Browser> {
  const browser = openBrowser(address)
  const { body } = await browser.get('/login')
  const { status, headers } = await browser.post('/login', { _csrf: tokenOn(body), email, password })
  if (status !== 303) throw new Error(`${email} could not sign in: ${status} ${headers.location ?? ''}`)
  await giveCode(browser, (await browser.get('/console')).headers.location ?? '')
  return browser
}

/** The second factor of every account of the large office: chosen here, so that the next run knows it as well. */
const secret = 'BAROBAROBAROBAROBAROBAROBAROBARO'

async function giveCode(browser: Browser, place: string): Promise<void> {
  const [step] = /^\/login\/(?:code|factor)/.exec(place) ?? []
  if (!step) return
  const { body } = await browser.get(place)
  const code = await generate({ secret })
  const { status } = await browser.post(step, { _csrf: tokenOn(body), secret, code })
  if (status >= 400) throw new Error(`the code was refused: ${status}; one works once in half a minute`)
}

export function tokenOn(body: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? ''
}

function openBrowser(address: string): Browser {
  const agent = new Agent({ keepAlive: true })
  const cookies = new Map<string, string>()
  const ask = (method: 'GET' | 'POST', path: string, sent = ''): Promise<Fetched> =>
    new Promise((resolve, reject) => {
      const headers = {
        'accept-encoding': 'br, gzip',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(method === 'POST'
          ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(sent) }
          : {}),
      }
      const asked = request(new URL(path, address), { method, agent, headers }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          for (const cookie of answer.headers['set-cookie'] ?? []) {
            const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
            cookies.set(name, value)
          }
          const raw = Buffer.concat(chunks)
          const { statusCode: status = 0 } = answer
          resolve({ status, headers: answer.headers, body: opened(raw, answer.headers), bytes: raw.length })
        })
      })
      asked.on('error', reject)
      asked.end(sent)
    })
  return {
    get: (path) => ask('GET', path),
    post: (path, form) => ask('POST', path, new URLSearchParams(form).toString()),
  }
}

function opened(raw: Buffer, headers: IncomingHttpHeaders): string {
  const how = headers['content-encoding']
  const plain = how === 'br' ? brotliDecompressSync(raw) : how === 'gzip' ? gunzipSync(raw) : raw
  return plain.toString('utf8')
}
