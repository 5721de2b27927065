/** A browser with scripts off for the web chat: keeps its cookie, reads the page, fills in its forms. */
import { readFileSync } from 'node:fs'
import Fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify'
import { makeWebChat, type WebChatChannel, type WebChatSettings } from '../../src/channel/web-chat.ts'
import { type WebChatParts, webChatRoutes } from '../../src/channel/web-chat-routes.ts'
import { makeLocales } from '../../src/text/locale.ts'
import { TestCursor, TestEars, testClock } from './ears.ts'
import { writeMultipart } from './multipart.ts'

/** The page's words alone, whatever else there is to say. */
const { t } = makeLocales({ fr: wordsOf('fr'), bm: wordsOf('bm'), en: wordsOf('en') })

function wordsOf(language: string): Record<string, unknown> {
  const file = new URL(`../../locales/${language}/web_chat.json`, import.meta.url)
  return { web_chat: JSON.parse(readFileSync(file, 'utf8')) }
}

export type OpenWebChat = {
  readonly app: FastifyInstance
  readonly channel: WebChatChannel
  readonly ears: TestEars
  readonly clock: ReturnType<typeof testClock>
  readonly browser: Browser
  close(): Promise<void>
}

/** The web chat on a server of its own; its history is what the channel remembers unless `more` brings another. */
export async function openWebChat(
  more: Partial<WebChatParts> = {},
  settings: Partial<WebChatSettings> = {},
): Promise<OpenWebChat> {
  const clock = testClock()
  const ears = new TestEars()
  const channel = makeWebChat({ id: 'web', clock, ...settings })
  await channel.start(ears, new TestCursor())
  const app = Fastify()
  const history = async (address: string) => channel.recent(address)
  const noFile = async () => undefined
  const cookieKey = Buffer.alloc(32, 5)
  await app.register(
    webChatRoutes(channel, {
      t,
      clock,
      cookieKey,
      secure: false,
      history,
      file: noFile,
      answerWithin: 20,
      ...more,
    }),
  )
  await app.ready()
  return {
    app,
    channel,
    ears,
    clock,
    browser: new Browser(app),
    async close() {
      await channel.close()
      await app.close()
    },
  }
}

export class Browser {
  cookie: string | undefined
  language = 'fr-FR,fr;q=0.9'
  /** The page as last shown. */
  page = ''
  readonly #app: FastifyInstance

  constructor(app: FastifyInstance) {
    this.#app = app
  }

  async opens(): Promise<string> {
    await this.gets('/chat')
    return this.page
  }

  async gets(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#keep(await this.#app.inject({ method: 'GET', url, headers: this.#headers(headers) }))
  }

  async writes(text: string): Promise<LightMyRequestResponse> {
    const answer = await this.submits({ key: this.key('say'), text })
    await this.opens()
    return answer
  }

  /** A nervous second press on the same page. */
  async writesTwice(text: string): Promise<void> {
    const key = this.key('say')
    await this.submits({ key, text })
    await this.submits({ key, text })
  }

  async chooses(number: number): Promise<LightMyRequestResponse> {
    await this.opens()
    const values = [...this.page.matchAll(/name="choice" value="([^"]+)"/g)].map((it) => it[1])
    const choice = values.findLast((it) => it?.endsWith(`:${number}`)) ?? ''
    const payload = new URLSearchParams({ key: this.key('choose'), choice }).toString()
    return this.#post(payload, 'application/x-www-form-urlencoded', {})
  }

  async speaks(bytes: Buffer, seconds: number): Promise<LightMyRequestResponse> {
    const voice = { name: 'voice', bytes }
    return this.submits({ key: this.key('say'), seconds: String(seconds), voice })
  }

  async submits(
    form: Parameters<typeof writeMultipart>[0],
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    return this.#post(writeMultipart(form), 'multipart/form-data; boundary=baro-test-boundary', headers)
  }

  /** The one-time key of a form on the page. */
  key(form: 'say' | 'choose'): string {
    return new RegExp(`id="${form}".*?name="key" value="([^"]+)"`, 's').exec(this.page)?.[1] ?? ''
  }

  /** The words of a page, as read aloud. */
  readable(html: string): string {
    const text = html.replace(/<[^>]+>/g, '\n')
    return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  }

  async #post(
    payload: Buffer | string,
    type: string,
    headers: Record<string, string>,
  ): Promise<LightMyRequestResponse> {
    const all = this.#headers({ 'content-type': type, ...headers })
    return this.#keep(await this.#app.inject({ method: 'POST', url: '/chat', headers: all, payload }))
  }

  #headers(more: Record<string, string>): Record<string, string> {
    const cookie: Record<string, string> = this.cookie === undefined ? {} : { cookie: this.cookie }
    return { 'accept-language': this.language, ...cookie, ...more }
  }

  #keep(answer: LightMyRequestResponse): LightMyRequestResponse {
    const set = answer.headers['set-cookie']
    if (typeof set === 'string') this.cookie = set.split(';')[0]
    if (answer.payload.startsWith('<!doctype')) this.page = answer.payload
    return answer
  }
}
