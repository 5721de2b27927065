/** The letter that brings somebody the link of their account, where the house has a mail server. */
import { Failure } from '../failure.ts'
import { invitationDays } from '../store/invitation.ts'
import type { Console } from './asked.ts'

export type Invited = { readonly name: string; readonly email: string; readonly language: 'fr' | 'en' }

/**
 * Sends the link in the language of whoever is invited. False where there is no mail server, or where it did not take the
 * letter: then the link is handed over by whoever asked for it.
 */
export async function sendInvitation(
  { sendLetter, locales, log }: Console,
  { name, email, language }: Invited,
  link: string,
): Promise<boolean> {
  if (!sendLetter) return false
  const t = (key: string) => locales.t(language, `console.${key}`, { name, link, days: invitationDays })
  try {
    await sendLetter({ to: email, subject: t('account.letter.subject'), text: t('account.letter.text') })
    return true
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    log.error('an invitation was not sent', error)
    return false
  }
}
