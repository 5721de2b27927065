/** The letter that brings a partner the link of a referral: that something waits, and not a word of whom it is about. */
import { linkDays } from '../core/referral.ts'
import { Failure } from '../failure.ts'
import { findPartner } from '../store/partner.ts'
import type { Console } from './asked.ts'

/** False where there is no mail server, no address, or where it was not taken: then the link is handed over by staff. */
export async function sendReferralLetter(
  { sendLetter, locales, log, database }: Console,
  partner: string,
  link: string,
): Promise<boolean> {
  const to = await findPartner(database.prisma, partner)
  if (!sendLetter || to?.email === undefined) return false
  const t = (key: string) => locales.t(to.language, `console.${key}`, { link, days: linkDays })
  try {
    await sendLetter({ to: to.email, subject: t('referral.letter.subject'), text: t('referral.letter.text') })
    return true
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    log.error('a referral was not sent', error)
    return false
  }
}
