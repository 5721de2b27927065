/** How fast providers let one account of ours speak: known numbers, for whoever sends and whoever estimates. */

/** `perSecond` messages in the long run, and up to `burst` at once. */
export type Rate = { readonly perSecond: number; readonly burst: number }

export type PaceSettings = { readonly overall?: Rate; readonly perAddress?: Rate }

/**
 * Telegram: about 30 messages a second in all; one a second in one chat, where short bursts are let through
 * (core.telegram.org/bots/faq, "My bot is hitting limits"). WhatsApp Cloud API: 80 a second in and out for one number,
 * one in six seconds to one person in the long run, bursts let through. Channels that are our own have no limit.
 */
export const paces: Readonly<Record<string, PaceSettings>> = {
  whatsapp_cloud: { overall: { perSecond: 70, burst: 70 }, perAddress: { perSecond: 1 / 6, burst: 10 } },
  // For estimates: how slowly a paired phone is spoken through is its own to draw (whatsapp-web/pacing.ts).
  whatsapp_web: { overall: { perSecond: 0.18, burst: 1 } },
  telegram: { overall: { perSecond: 30, burst: 30 }, perAddress: { perSecond: 1, burst: 4 } },
}

/** Where no provider sets a limit. */
const ownPerSecond = 1000

/** Whole days that an account must sit out because it has said all that it may, then so many seconds of sending. */
export type Stretch = { readonly days: number; readonly seconds: number }

/**
 * What so many messages take, by kind of channel; one account of each kind is reckoned with, side by side. `perDay`: what a
 * kind may say in one day, where it is limited.
 */
export function stretchesFor(
  channels: Readonly<Record<string, number>>,
  perDay: Readonly<Record<string, number>> = {},
): readonly Stretch[] {
  return Object.entries(channels).map(([kind, count]) => {
    const days = Math.floor(Math.max(0, count - 1) / (perDay[kind] ?? Number.POSITIVE_INFINITY))
    const rest = count - days * (perDay[kind] ?? 0)
    return { days, seconds: rest / (paces[kind]?.overall?.perSecond ?? ownPerSecond) }
  })
}
