/** `npm run chat`: the whole product on a throw-away database, talked to in this terminal. */
import { setTimeout as pause } from 'node:timers/promises'
import { ownAccount, rowFor } from '../accounts.ts'
import { makeTerminal } from '../channel/terminal.ts'
import type { Config } from '../config.ts'
import { openHouse } from '../house.ts'
import { makeLog } from '../log.ts'
import type { Database } from '../store/database.ts'
import { realClock } from '../world.ts'
import { makeThrowAway } from './throw-away.ts'
import { untilTold } from './until-told.ts'

export async function chatCommand(given: Config): Promise<void> {
  const told = untilTold()
  const { config, masterKey, remove } = await makeThrowAway({ ...given, PORT: 0, LOG_LEVEL: 'error' }, 'off')
  let left: Promise<void> | undefined
  try {
    const house = await openHouse({
      config: { ...config, ROLE: 'work' },
      log: makeLog(config.LOG_LEVEL),
      clock: realClock,
      masterKey,
      throwAway: true,
      async more({ database, clock }) {
        const { id } = await rowFor({ database, clock }, 'terminal', 'this')
        const greeting = 'You are a returnee. Write something; /quit leaves, /voice 12 speaks.'
        const terminal = makeTerminal({ id, clock, input: process.stdin, output: process.stdout, greeting })
        left = terminal.left
        return [ownAccount(terminal, database)]
      },
    })
    await Promise.race([left, told])
    await house.lanes.settled()
    await allSaid(house.database)
    await house.close()
  } finally {
    // An input that stays open would keep the program.
    process.stdin.destroy()
    await remove()
  }
}

/** Resolves when every answer was shown, or after ten seconds: who leaves in haste has asked all the same. */
async function allSaid({ prisma }: Database): Promise<void> {
  const waiting = { direction: 'out', state: { in: ['queued', 'sending'] } }
  for (let tries = 0; tries < 200 && (await prisma.message.count({ where: waiting })) > 0; tries++) {
    await pause(50)
  }
}
