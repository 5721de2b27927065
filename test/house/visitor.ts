/** A browser without scripts at the real program: keeps its cookies and sends forms with the token of their page. */

export class Visitor {
  readonly #root: string
  readonly #cookies = new Map<string, string>()

  constructor(root: string) {
    this.#root = root
  }

  async get(path: string): Promise<Response> {
    return this.#ask(path, {})
  }

  /** Opens a page and sends a form to its address, with the page's hidden token. */
  async send(path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
    const page = await (await this.get(path)).text()
    const token = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
    return this.#ask(path, { method: 'POST', body: new URLSearchParams({ _csrf: token, ...fields }) })
  }

  /** Where somebody lands who signs in; undefined when they are refused. */
  async signIn(email: string, password: string): Promise<string | undefined> {
    return (await this.send('/login', { email, password })).headers.get('location') ?? undefined
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { cookie, accept: 'text/html', 'accept-language': 'en' }
    const answer = await fetch(new URL(path, this.#root), { ...init, headers, redirect: 'manual' })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      this.#cookies.set(name, value)
    }
    return answer
  }
}
