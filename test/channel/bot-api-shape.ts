/** Shapes and refusals that the parts of the Bot API stand-in share. */

export type Params = Readonly<Record<string, unknown>>

/** What the stand-in answers instead of a result. */
export class ApiError extends Error {
  readonly code: number
  readonly retryAfter: number | undefined

  constructor(code: number, description: string, retryAfter?: number) {
    super(description)
    this.code = code
    this.retryAfter = retryAfter
  }
}

export type Button = { readonly text: string; readonly callback_data?: string }
/** A message of the bot as the person sees it. */
export type Seen = {
  readonly id: number
  readonly text: string
  readonly buttons: readonly Button[]
  /** What it carries, when it is not text. */
  readonly media?: 'voice' | 'photo' | 'document'
  readonly bytes?: Buffer
  readonly fileName?: string
}
/** Puts an update in the bot's line. */
export type Deliver = (update: Readonly<Record<string, unknown>>) => void

export function textOf(value: unknown, limit: number): string {
  const text = typeof value === 'string' ? value.trim() : ''
  if (text === '') throw new ApiError(400, 'Bad Request: message text is empty')
  if (text.length > limit) throw new ApiError(400, 'Bad Request: message is too long')
  return text
}

/** The buttons of a message; one wrong button refuses the whole message, as Telegram does. */
export function keyboard(params: Params): readonly Button[] {
  const given = params['reply_markup']
  if (given === undefined) return []
  const markup = (typeof given === 'string' ? JSON.parse(given) : given) as { inline_keyboard?: Button[][] }
  const buttons = (markup.inline_keyboard ?? []).flat()
  for (const it of buttons) {
    const bytes = Buffer.byteLength(it.callback_data ?? '')
    if (bytes < 1 || bytes > 64) throw new ApiError(400, 'Bad Request: BUTTON_DATA_INVALID')
    if (it.text === '') throw new ApiError(400, 'Bad Request: text buttons are allowed in keyboard only')
  }
  return buttons
}
