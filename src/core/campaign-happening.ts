/** What people make of a campaign. */
export type CampaignHappening =
  /** Something they said that answers it; `value` is the code of what they chose. */
  {
    readonly type: 'campaign_answered'
    readonly campaign: string
    readonly message: string
    /** Under whom it stands in the ledger. */
    readonly recipient: string
    readonly value?: string
  }
