/** The letter of an alert: that something waits and where, in the language of whoever reads it, and not a word more. */
import type { Locales } from '../text/locale.ts'
import type { Tell } from './alert.ts'
import type { Mail } from './mail.ts'

/** `console` is the address of the console as people reach it. */
export function makeAlertMail(mail: Mail, locales: Locales, console: string): Tell {
  return async ({ email, language }) => {
    const t = (key: string) => locales.t(language, `console.alert.mail_${key}`, { address: console })
    await mail.send({ to: email, subject: t('subject'), text: t('text') })
    return true
  }
}
