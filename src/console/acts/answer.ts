/** Answers the person, in writing, by voice or with files. */
import { z } from 'zod'
import { holeIn } from '../../core/reply.ts'
import { promisesIn } from '../../flow/wording.ts'
import { dropDraft } from '../../store/draft.ts'
import { answerRequest } from '../../turn/act.ts'
import { withKept } from '../../turn/outgoing.ts'
import { FormFault, readForm } from '../form.ts'
import { type Draft, longestAnswer } from '../pages/answer-box.tsx'
import { uploadsIn } from '../uploads.ts'
import type { ActRoute } from './act-route.ts'

export const answer: ActRoute = async (parts, act, body) => {
  const { desk, mediaFolder, channels } = parts
  const text = writtenIn(body).trim()
  const uploads = await uploadsIn(parts, body)
  if (text === '' && uploads.length === 0) throw new FormFault('answer.empty')
  if (text.length > longestAnswer) {
    throw new FormFault('answer.too_long', { n: text.length, most: longestAnswer })
  }
  const hole = holeIn(text)
  if (hole !== undefined) throw new FormFault('box.hole', { hole })
  const { minded, seen, despite, insists } = readForm(knownShape, body)
  const told = minded.split(/\r?\n/)
  const promise = promisesIn(text).find((one) => !told.includes(one))
  if (promise !== undefined) throw new FormFault('box.promise_held', { promise })
  const carries = (channel: string) => channels.find(({ id }) => id === channel)?.abilities.files
  await withKept({ ...desk, carries }, mediaFolder, act, uploads, (files) =>
    answerRequest(desk, act, { text, files, seen, despite, insists }),
  )
  await dropDraft(desk.prisma, { staff: act.staff.id, request: act.request })
}

/** What the page knew when the answer was written; a form of an older page knows nothing. */
const knownShape = z.object({
  /** Promises of which the writer was told. */
  minded: z.string().max(2_000).default(''),
  seen: z
    .uuid()
    .or(z.literal('none').transform(() => ''))
    .optional(),
  despite: z.uuid().optional(),
  /** To be sent now, whatever was told against it. */
  insists: z
    .literal('yes')
    .optional()
    .transform((it) => it === 'yes'),
})

/** What somebody wrote in the answer box, to hand it back when it cannot go. Browsers send line ends as two signs. */
export function writtenIn(body: unknown): string {
  return readForm(z.object({ text: z.string().default('') }), body).text.replace(/\r\n?/g, '\n')
}

/** What was refused, with what the page should say of it the second time. */
export function draftAgain(body: unknown, fault: string, code: string): Draft {
  const text = writtenIn(body)
  const { seen } = readForm(knownShape, body)
  return {
    text,
    fault,
    promises: promisesIn(text),
    ...(code === 'request:answered_meanwhile' ? { heldSince: seen ?? '' } : {}),
  }
}
