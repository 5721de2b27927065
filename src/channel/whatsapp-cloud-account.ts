/**
 * What Meta's web hook says of the business account and its numbers rather than of people: templates that were judged,
 * numbers whose quality or limit changed ("business_capability_update" and "phone_number_quality_update" of Meta's reference
 * of web hooks). Read purely, and as leniently as messages are.
 */
import { z } from 'zod'
import { type TemplateNews, templateStateOf } from '../core/template.ts'

/** A number, by the id or the digits that Meta tells, and what became of it. */
export type NumberNews = {
  readonly business: string
  readonly phone?: string
  readonly phoneId?: string
  readonly limit?: string
  readonly event?: string
}

export type AccountRead = {
  readonly templates: readonly TemplateNews[]
  readonly numbers: readonly NumberNews[]
}

const code = z.string().min(1).max(60)
const text = z.string().max(512)
/** Told as a word in one place and as a figure in the other. */
const limit = z
  .union([code, z.number().int().transform(String)])
  .optional()
  .catch(undefined)
const change = z.object({
  field: z.string(),
  value: z.object({
    event: code.optional().catch(undefined),
    message_template_name: text.optional().catch(undefined),
    message_template_language: code.optional().catch(undefined),
    reason: text.nullish().catch(undefined),
    new_quality_score: code.optional().catch(undefined),
    display_phone_number: text.optional().catch(undefined),
    current_limit: limit,
    max_daily_conversations_per_business: limit,
    max_daily_conversation_per_phone: limit,
    metadata: z.object({ phone_number_id: text }).optional().catch(undefined),
  }),
})
type Change = z.infer<typeof change>
const body = z.object({
  entry: z.array(z.object({ id: z.coerce.string().regex(/^\d{1,30}$/), changes: z.array(z.unknown()) })),
})

/** What the body says of the account. A message tells to which account its number belongs. */
export function readAccount(received: unknown): AccountRead {
  const entries = body.safeParse(received).data?.entry ?? []
  const all = entries.flatMap(({ id, changes }) =>
    changes.flatMap((one) => {
      const read = change.safeParse(one).data
      return read ? [{ business: id, ...read }] : []
    }),
  )
  return {
    templates: all.flatMap((one) => readTemplate(one.business, one)),
    numbers: all.flatMap((one) => readNumber(one.business, one)),
  }
}

function readTemplate(business: string, { field, value }: Change): TemplateNews[] {
  const { message_template_name: name, message_template_language: language } = value
  if (name === undefined || language === undefined) return []
  // The list of templates writes `en_US`, the web hook `en-US`.
  const which = { business, name, language: language.replace('-', '_') }
  if (field === 'message_template_quality_update' && value.new_quality_score)
    return [{ ...which, quality: value.new_quality_score }]
  if (field !== 'message_template_status_update' || !value.event) return []
  const reason = value.reason && value.reason !== 'NONE' ? { reason: value.reason } : {}
  return [{ ...which, state: templateStateOf(value.event), ...reason }]
}

function readNumber(business: string, { field, value }: Change): NumberNews[] {
  if (field === 'messages') {
    return value.metadata ? [{ business, phoneId: value.metadata.phone_number_id }] : []
  }
  const { event, max_daily_conversations_per_business: ofBusiness } = value
  if (field === 'business_capability_update') {
    const most = ofBusiness ?? value.max_daily_conversation_per_phone
    return most ? [{ business, limit: most }] : []
  }
  if (field !== 'phone_number_quality_update' || !value.display_phone_number) return []
  const phone = value.display_phone_number.replace(/\D/g, '')
  // Of a number that may send faster from now on the same field tells that, and no limit of the day.
  const ofNumber = event === 'THROUGHPUT_UPGRADE' ? undefined : value.current_limit
  const most = ofBusiness ?? ofNumber
  return [{ business, phone, ...(most ? { limit: most } : {}), ...(event ? { event } : {}) }]
}
