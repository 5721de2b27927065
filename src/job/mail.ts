/** The mail server of the office. What goes through it never says more than that something waits. */
import { createTransport } from 'nodemailer'
import { Failure } from '../failure.ts'

export type Letter = { readonly to: string; readonly subject: string; readonly text: string }

export type Mail = {
  /** Resolves when the server has taken it; fails with `mail:unreachable` and, for good, `mail:refused`. */
  send(letter: Letter): Promise<void>
  close(): void
}

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }

/** `url` as in SMTP_URL; `from` is who the letters say they are from. */
export function makeMail(url: string, from: string): Mail {
  const transport = createTransport({ url, ...patience })
  return {
    async send(letter) {
      try {
        // Neither files nor addresses of the web are ever fetched for a letter.
        await transport.sendMail({ from, ...letter, disableFileAccess: true, disableUrlAccess: true })
      } catch (error) {
        throw failureOf(error)
      }
    },
    close: () => transport.close(),
  }
}

/** Without the error itself: it quotes addresses, and the server's answer may. */
function failureOf(error: unknown): Failure {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  const facts = { theirs: typeof code === 'string' ? code : 'unknown', status: Number(responseCode) || 0 }
  // Refused for good (RFC 5321, 4.2.1) is a wrong address or a sender they do not take; the rest may pass.
  const forGood = facts.status >= 500 && facts.status < 600
  return new Failure(forGood ? 'mail:refused' : 'mail:unreachable', facts)
}
