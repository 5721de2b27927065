/**
 * `npm run tour:casework -- [--pictures FOLDER]`: the demo office through what accountability and case work are for, in real
 * browsers, in Bambara and in French, on a clock that is put forward: a complaint about one's own case worker, a visit that
 * is moved three times, an answer that is contested, a referral that is refused and then accepted, and the report of a
 * quarter. Tells each step, and fails at the first that does not come true.
 */
import { parseArgs } from 'node:util'
import { complain } from './complaint.ts'
import { contest } from './contested.ts'
import { openTour, type Tour } from './house.ts'
import { refer } from './referral.ts'
import { report } from './report.ts'
import { Returnee } from './returnee.ts'
import { visit } from './visit.ts'

const { values } = parseArgs({ options: { pictures: { type: 'string' } } })
const tour = await openTour(values.pictures)
try {
  tour.tell(`the demo office is open at ${tour.at}`)
  const awa = await welcome(tour, 'bm', /sɔnna/, /mago/)
  tour.tell(
    'a woman with a case of Moussa writes in Bambara: the code of her card says who she is, and she agrees',
  )
  const issa = await welcome(tour, 'fr', /accord/, /besoin/)
  tour.tell('a man with a case of Moussa does so in French')
  await complain(tour, awa)
  await visit(tour, awa)
  await contest(tour, issa)
  await refer(tour, issa)
  await report(tour)
} finally {
  await tour.close()
}

/** Somebody with a case of Moussa writes for the first time, with the card that the supervisor gave them. */
async function welcome(at: Tour, language: 'bm' | 'fr', asked: RegExp, agreed: RegExp): Promise<Returnee> {
  const { prisma } = at.database
  const moussa = await prisma.staff.findFirstOrThrow({ where: { email: 'case_worker@demo.invalid' } })
  const file = await prisma.case.findFirstOrThrow({
    where: { ownerId: moussa.id, closedAt: null, person: { language } },
    orderBy: { openedAt: 'desc' },
  })
  const supervisor = await at.staff('supervisor')
  await supervisor.goto(`/console/people/${file.personId}/reach`)
  await supervisor.locator('form[action$="/card"] button').first().click()
  const code = (await supervisor.locator('.invitation .code').textContent()) ?? ''
  const returnee = await Returnee.arrives(at)
  await returnee.says(code, asked)
  await returnee.picture(`agrees-${language}`)
  await returnee.presses(/^1/, agreed)
  return returnee
}
