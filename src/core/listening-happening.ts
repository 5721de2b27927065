/** What happens to a voice note that somebody has to listen to. Part of core/event.ts. */
export type ListeningHappening =
  /** A voice note lies with listeners; a question (`flow`, its `hash`, `step`) waits for what they hear, or none does. */
  | {
      readonly type: 'voice_parked'
      readonly request: string
      readonly message: string
      readonly flow?: string
      readonly hash?: string
      readonly step?: string
    }
  | {
      readonly type: 'voice_heard'
      readonly request: string
      readonly message: string
      /**
       * answered: what was said answers the question that waited. summary: written down. unclear: not to be understood, and
       * asked for again. guarded: those who guard such matters hear it, and the listener does not any more.
       */
      readonly how: 'answered' | 'summary' | 'unclear' | 'guarded'
    }
