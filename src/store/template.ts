/** Templates of a business account at Meta, as they were last told, and what each stands for. */
import { type Language, languages } from '../core/language.ts'
import { type Template, type TemplateNews, type ToldTemplate, templateStates } from '../core/template.ts'
import type { Clock } from '../world.ts'
import type { Database } from './database.ts'

type Prisma = Database['prisma']

export type TemplateRow = Template & {
  readonly id: string
  readonly business: string
  readonly theirId?: string
  readonly category: string
  readonly quality?: string
  readonly reason?: string
  readonly body: string
  readonly updatedAt: Date
}

/** Of one account, or of all; by name. */
export async function listTemplates(prisma: Prisma, business?: string): Promise<readonly TemplateRow[]> {
  const rows = await prisma.template.findMany({
    ...(business === undefined ? {} : { where: { business } }),
    orderBy: [{ name: 'asc' }, { language: 'asc' }],
  })
  return rows.map(({ theirId, speaks, quality, reason, use, state, ...row }) => ({
    ...row,
    // Written from the union.
    state: templateStates.find((one) => one === state) ?? 'off',
    speaks: languages.find((one) => one === speaks),
    theirId: theirId ?? undefined,
    quality: quality ?? undefined,
    reason: reason ?? undefined,
    use: use ?? undefined,
  }))
}

/** Takes over the whole list of an account: what it lacks is gone there, and here too. */
export async function keepTemplates(
  prisma: Prisma,
  clock: Clock,
  business: string,
  told: readonly ToldTemplate[],
): Promise<void> {
  const updatedAt = clock.now()
  await prisma.$transaction(async (tx) => {
    const kept: string[] = []
    for (const { name, language, ...facts } of told) {
      const data = { quality: null, reason: null, ...facts, updatedAt }
      const row = await tx.template.upsert({
        where: { business_name_language: { business, name, language } },
        create: { id: clock.id(), business, name, language, speaks: languageOf(language) ?? null, ...data },
        update: data,
        select: { id: true },
      })
      kept.push(row.id)
    }
    await tx.template.deleteMany({ where: { business, id: { notIn: kept } } })
  })
}

/** One that was just handed in. */
export async function addTemplate(
  prisma: Prisma,
  clock: Clock,
  it: ToldTemplate & { readonly business: string; readonly speaks: Language; readonly use: string },
): Promise<void> {
  await prisma.template.create({ data: { id: clock.id(), ...it, updatedAt: clock.now() } })
}

/** What a web hook tells of one; nothing for one that is not known here. */
export async function noteTemplate(prisma: Prisma, at: Date, news: TemplateNews): Promise<void> {
  const { business, name, language, ...facts } = news
  await prisma.template.updateMany({
    where: { business, name, language },
    data: { ...facts, updatedAt: at },
  })
}

/** What one stands for and in which language it speaks; false when it is gone. */
export async function assignTemplate(
  prisma: Prisma,
  id: string,
  to: { readonly use: string | undefined; readonly speaks: Language },
): Promise<boolean> {
  const { count } = await prisma.template.updateMany({
    where: { id },
    data: { use: to.use ?? null, speaks: to.speaks },
  })
  return count === 1
}

/** `fr_FR` speaks French; a code that we do not speak may be Bambara under another name, which only staff can say. */
function languageOf(code: string): Language | undefined {
  return languages.find((one) => one === code.split('_')[0])
}
