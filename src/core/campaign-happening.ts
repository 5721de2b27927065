/** What people make of a campaign. */
export type CampaignHappening =
  /** The codes that they have answered so far in the survey that a campaign began, by the name each is kept under. */
  | {
      readonly type: 'campaign_surveyed'
      readonly campaign: string
      readonly recipient: string
      readonly answers: Readonly<Record<string, string>>
    }
  /** Something they said that answers it; `value` is the code of what they chose. */
  | {
      readonly type: 'campaign_answered'
      readonly campaign: string
      readonly message: string
      /** Under whom it stands in the ledger. */
      readonly recipient: string
      readonly value?: string
    }
