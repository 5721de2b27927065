/** Staff note how somebody wants to be answered, because they said so: by voice with the words under it, or in writing alone. */
import type { Answering } from '../core/answering.ts'
import { Failure } from '../failure.ts'
import { heardSessions } from '../store/answering.ts'
import type { Change } from '../store/road.ts'
import type { Desk } from './act.ts'
import { type PersonAct, performOnPerson } from './act-person.ts'
import { untilItStands } from './aloud.ts'

/** On all phones of the person. Fails with `person:not_found`, and with `person:stopped` when they never wrote from any. */
export async function chooseAnswering(desk: Desk, act: PersonAct, how: Answering): Promise<void> {
  await untilItStands(() => chooseOnce(desk, act, how), 'person:changed_meanwhile')
}

async function chooseOnce(desk: Desk, act: PersonAct, how: Answering): Promise<void> {
  await performOnPerson(desk, act, async ({ id: person }) => {
    const heard = await heardSessions(desk, person)
    if (heard.length === 0) throw new Failure('person:stopped')
    const differing = heard.filter(({ state }) => state.answering !== how || state.openly?.answering !== how)
    return {
      happenings: differing.length > 0 ? [{ type: 'answering_chosen', how }] : [],
      changes: differing.map(({ id, key, version, state }): Change => {
        const chosen = { ...state, answering: how, openly: { ...state.openly, answering: how } }
        return {
          update: 'session',
          id,
          version,
          plain: {},
          secret: { state_enc: JSON.stringify(chosen) },
          key,
        }
      }),
    }
  })
}
