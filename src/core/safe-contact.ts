/** How a person can be reached without harm: what they told staff, kept by staff, shown before anybody writes. */
/** What they prefer; `call`: nobody writes to them unless they wrote first, `none`: nobody reaches out at all. */
export const safeWays = ['any', 'text', 'voice', 'call', 'visit', 'none'] as const
export type SafeWay = (typeof safeWays)[number]

/** Whom somebody would rather speak with; nothing where they do not mind. */
export const workerSexes = ['woman', 'man'] as const
export type WorkerSex = (typeof workerSexes)[number]

/** Every text is personal. */
export type SafeContact = {
  readonly way: SafeWay
  /** When it is safe, as the person said it. */
  readonly hours?: string
  /** Who may call or come: a woman, nobody from the village. */
  readonly who?: string
  readonly note?: string
}
