/** Settles an age that was said in the chat: the year of birth goes into the file, or it is not the person's. */
import { z } from 'zod'
import { noteBirthYear, settleAge } from '../../turn/act-age.ts'
import { readForm } from '../form.ts'
import type { ActRoute } from './act-route.ts'
import { yearOf } from './person-facts.ts'

const shape = z.object({ birthYear: z.string().trim().min(1) })

export const notTheirAge: ActRoute = async ({ desk }, act) => {
  await settleAge(desk, act)
}

export const birthYearOf: ActRoute = async ({ desk, clock }, act, body) => {
  const { birthYear } = readForm(shape, body)
  await noteBirthYear(desk, act, yearOf(birthYear, clock.now()))
}
