/** What happens with a referral. What is personal in it lies in `secret`. */
import type { ConsentMedium } from './consent.ts'
import type { Language } from './language.ts'
import type { NeedCategory, Urgency } from './need.ts'
import type { Service } from './partner.ts'
import type { DeclineReason, ReferralItem, ReferralPrompt, ReferralResult } from './referral.ts'

type OfReferral = { readonly referral: string; readonly request: string }

/** What the person said, as a record of consent keeps it; `message` is where they said it. */
export type Said = {
  readonly consent: string
  /** Locale key and hash of the wording that was said to them. */
  readonly text: string
  readonly wording: string
  readonly language: Language
  readonly medium: ConsentMedium
  readonly message?: string
  /** For a child: whoever cares for them said it. */
  readonly guardian?: true
}

export type ReferralHappening =
  | ({
      readonly type: 'referral_proposed'
      readonly partner: string
      readonly service: Service
      readonly urgency: Urgency
      readonly reason: NeedCategory
      readonly items: readonly ReferralItem[]
      readonly need?: string
      /** Where they are asked in the chat; absent: staff ask them. */
      readonly address?: string
      /** Where the person's phone is from. */
      readonly country: string
      readonly secret?: { readonly note: string }
    } & OfReferral)
  /** The person was asked, or told what the partner answered; on a phone that others read, only that there is something. */
  | ({
      readonly type: 'referral_prompted'
      readonly prompt: ReferralPrompt
      readonly how: 'said' | 'knocked'
    } & OfReferral)
  | ({ readonly type: 'referral_agreed' } & Said & OfReferral)
  | ({ readonly type: 'referral_refused' } & Said & OfReferral)
  /** A link was made; `again` when it takes the place of one before. */
  | ({
      readonly type: 'referral_sent'
      readonly consent: string
      readonly how: 'mail' | 'copy'
      readonly again: boolean
    } & OfReferral)
  // The partner's word.
  | ({ readonly type: 'referral_opened' } & OfReferral)
  /** `byStaff`: nothing of it may be said in the chat, so that staff tell them. */
  | ({ readonly type: 'referral_accepted'; readonly byStaff?: true } & OfReferral)
  | ({
      readonly type: 'referral_declined'
      readonly reason: DeclineReason
      readonly byStaff?: true
    } & OfReferral)
  /** What came of it, by the partner or as staff heard it. */
  | ({ readonly type: 'referral_ended'; readonly result: ReferralResult } & OfReferral)
  /** The partner has not said a word in time: staff ask. */
  | ({ readonly type: 'referral_silent' } & OfReferral)
  /** Whether the service came, as the person says. */
  | ({ readonly type: 'referral_judged'; readonly came: boolean } & OfReferral)
  /** Taken back; `sent` when the partner had it, who is then asked to remove what they noted. */
  | ({ readonly type: 'referral_withdrawn'; readonly sent: boolean } & Said & OfReferral)
  /** The partner says that nothing of it is left there. */
  | ({ readonly type: 'referral_removed' } & OfReferral)
