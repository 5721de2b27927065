/**
 * How many people a business may write to first within any 24 hours on WhatsApp: those who have not written for a day, and so
 * hear a template. The limit is one for all numbers of a business, and grows by itself (Meta, "Messaging limits",
 * developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits).
 */

/** Meta's word for it: `TIER_2K` of a number, or a figure of the business, `-1` for none. Undefined: not known. */
export function tierOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined
  if (word === '-1' || word === 'TIER_UNLIMITED') return Number.POSITIVE_INFINITY
  const [, figure, thousands] = /^(?:TIER_)?(\d{1,9})(K?)$/.exec(word) ?? []
  return figure === undefined ? undefined : Number(figure) * (thousands ? 1000 : 1)
}

/** What campaigns may take of it: a tenth is left for answers that wait for a word. */
const campaignShare = 0.9

/** How many more a campaign may write to first, when so many were; undefined where no limit is known. */
export function firstsLeft(word: string | undefined, used: number): number | undefined {
  const most = tierOf(word)
  if (most === undefined || most === Number.POSITIVE_INFINITY) return undefined
  return Math.max(0, campaignMost(most) - used)
}

/** How many of a day's limit campaigns may take. */
export function campaignMost(tier: number): number {
  return Math.floor(tier * campaignShare)
}
