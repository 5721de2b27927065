/** How far what we sent came: only some apps tell of delivery and reading, and whoever blocked us hears nothing more. */
import type { Screen } from '../text/render.ts'
import type { Dice } from './dice.ts'
import type { DemoChannelKind } from './people.ts'

/** As channel/ has them: buttons on Telegram and in the web chat, numbered text elsewhere. */
const screens: Readonly<Record<DemoChannelKind, Screen>> = {
  telegram: { buttons: { most: 20, labelLength: 40 }, textLength: 4096 },
  whatsapp_web: { buttons: undefined, textLength: 4096 },
  web_chat: { buttons: { most: 20, labelLength: 80 }, textLength: 4000 },
}

export function screenOf(kind: DemoChannelKind): Screen {
  return screens[kind]
}

/** The state of a message sent at `at` by the end of the story; `blocked`: the app refused it. */
export function delivery(
  { kind, blocked }: { readonly kind: string; readonly blocked: boolean },
  dice: Dice,
): { readonly state: string; readonly failure?: string } {
  if (blocked) return { state: 'failed', failure: 'channel:blocked' }
  if (kind !== 'whatsapp_web') return { state: 'sent' }
  return { state: dice.weigh({ read: 80, delivered: 16, sent: 4 }) }
}
