/** Templates at Meta: listing and handing in ("WhatsApp Business Management API, Message templates"). */
import { z } from 'zod'
import { type NewTemplate, type ToldTemplate, templateStateOf, valuesIn } from '../core/template.ts'
import { Failure } from '../failure.ts'
import { type Graph, readAnswer } from './whatsapp-cloud-graph.ts'

const fields = 'id,name,language,category,status,quality_score,rejected_reason,components'
const pagesAtMost = 20

const told = z.object({
  id: z.coerce.string(),
  name: z.string().max(512),
  language: z.string().max(20),
  category: z.string().max(40).default(''),
  status: z.string(),
  quality_score: z
    .object({ score: z.string().max(20) })
    .optional()
    .catch(undefined),
  rejected_reason: z.string().max(512).optional().catch(undefined),
  components: z
    .array(z.object({ type: z.string(), text: z.string().optional() }))
    .default([])
    .catch([]),
})
const page = z.object({
  data: z.array(z.unknown()).transform((all) => all.flatMap((one) => told.safeParse(one).data ?? [])),
  paging: z
    .object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() })
    .optional(),
})
const made = z.object({ id: z.coerce.string().optional(), status: z.string().default('PENDING') })

/** All of them. Fails with `channel:unconfigured` while the business account is not known. */
export async function listTemplates(
  graph: Graph,
  business: string | undefined,
  signal: AbortSignal,
): Promise<readonly ToldTemplate[]> {
  const path = `${known(business)}/message_templates?limit=100&fields=${fields}`
  const all: ToldTemplate[] = []
  let after: string | undefined
  for (let n = 0; n < pagesAtMost; n++) {
    const more = after === undefined ? '' : `&after=${encodeURIComponent(after)}`
    const { data, paging } = readAnswer(page, await graph.read(path + more, signal))
    all.push(...data.map(toldOf))
    after = paging?.next ? paging.cursors?.after : undefined
    if (after === undefined) return all
  }
  return all
}

/** What is filled in goes by name, with an example of each, without which Meta refuses. */
export async function submitTemplate(
  graph: Graph,
  business: string | undefined,
  { name, language, category, body }: NewTemplate,
  signal: AbortSignal,
): Promise<Pick<ToldTemplate, 'theirId' | 'state'>> {
  const names = valuesIn(body)
  const examples = names.map((param_name) => ({ param_name, example: '12345678' }))
  const example = names.length > 0 ? { example: { body_text_named_params: examples } } : {}
  const components = [{ type: 'BODY', text: body, ...example }]
  const wish = { name, language, category, parameter_format: 'NAMED', components }
  const { id, status } = readAnswer(
    made,
    await graph.write(`${known(business)}/message_templates`, wish, signal),
  )
  return { ...(id ? { theirId: id } : {}), state: templateStateOf(status) }
}

function known(business: string | undefined): string {
  if (business === undefined) throw new Failure('channel:unconfigured', { why: 'no business account' })
  return business
}

function toldOf(it: z.output<typeof told>): ToldTemplate {
  const body = it.components.find(({ type }) => type.toUpperCase() === 'BODY')?.text ?? ''
  const { name, language, category, quality_score: quality, rejected_reason: reason } = it
  return {
    ...{ theirId: it.id, name, language, category, body, state: templateStateOf(it.status) },
    ...(quality && quality.score !== 'UNKNOWN' ? { quality: quality.score } : {}),
    ...(reason && reason !== 'NONE' ? { reason } : {}),
  }
}
