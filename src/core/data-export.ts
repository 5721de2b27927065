/** What may be taken out of the house as a table, and what for: a record has a purpose, and other purposes are refused. */

export const exportPurposes = ['assistance', 'feedback', 'information', 'monitoring'] as const
export type ExportPurpose = (typeof exportPurposes)[number]
/** Whoever asks what is kept of them gets it on paper. */
export type OwnData = { readonly purpose: 'own_data'; readonly format: 'paper' }

export const exportFormats = ['xlsx', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Columns of each table in order. Those of people are the ones that an import reads, so that a table can come back. */
export const exportColumns = {
  people: [
    ...(['case_number', 'name', 'sex', 'birth_year', 'phone', 'language', 'region', 'cercle'] as const),
    ...(['return_country', 'return_date', 'case_worker', 'stage'] as const),
  ],
  requests: [
    ...(['reference', 'kind', 'category', 'state', 'outcome', 'priority', 'queue', 'visibility'] as const),
    ...(['region', 'language', 'channel', 'opened', 'due', 'first_answer', 'closed', 'owner'] as const),
    ...(['case_number', 'name'] as const),
  ],
} as const

/** Columns of feedback, in order; without the words for whoever reads none. */
export const feedbackColumns = ['kind', 'said', 'region', 'language', 'text', 'organisation'] as const

export type ExportTable = keyof typeof exportColumns
/** Whatever goes on record when it leaves; the report of a campaign is numbers alone. */
export type ExportWhat = ExportTable | 'campaign' | 'feedback' | 'indicators' | 'tasks' | 'survey' | 'person'
export const exportTables = Object.keys(exportColumns) as ExportTable[]

/** A row, by column; absent where nothing is known. */
export type ExportRow = Readonly<Record<string, string | number | undefined>>
