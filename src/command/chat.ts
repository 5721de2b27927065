/** `npm run chat`: the whole product on a throw-away database, talked to in this terminal. */
import { ownAccount, rowFor } from '../accounts.ts'
import { makeTerminal } from '../channel/terminal.ts'
import type { Config } from '../config.ts'
import { openHouse } from '../house.ts'
import { makeLog } from '../log.ts'
import { realClock } from '../world.ts'
import { makeThrowAway } from './throw-away.ts'

export async function chatCommand(given: Config): Promise<void> {
  const { config, masterKey, remove } = await makeThrowAway({ ...given, PORT: 0, LOG_LEVEL: 'error' }, 'off')
  let left: Promise<void> | undefined
  try {
    const house = await openHouse({
      config: { ...config, ROLE: 'work' },
      log: makeLog(config.LOG_LEVEL),
      clock: realClock,
      masterKey,
      async more({ database, clock }) {
        const { id } = await rowFor({ database, clock }, 'terminal', 'this')
        const greeting = 'You are a returnee. Write something; /quit leaves, /voice 12 speaks.'
        const terminal = makeTerminal({ id, clock, input: process.stdin, output: process.stdout, greeting })
        left = terminal.left
        return [ownAccount(terminal, database)]
      },
    })
    await left
    await house.lanes.settled()
    await house.close()
  } finally {
    await remove()
  }
}
