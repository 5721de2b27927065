/** `npm start`: opens the house, says where to go next, and closes it on a signal. */
import type { Config } from '../config.ts'
import { openHouse } from '../house.ts'
import { makeLog } from '../log.ts'
import { realClock } from '../world.ts'
import { untilTold } from './until-told.ts'

export async function startCommand(config: Config): Promise<void> {
  const told = untilTold()
  const house = await openHouse({ config, log: makeLog(config.LOG_LEVEL), clock: realClock })
  if (house.address) tell(`Baro is open: ${house.address}/login`)
  else tell('Baro is at work.')
  if (house.code) {
    tell(`There is no staff yet. Open the address above and enter this code within 30 minutes: ${house.code}`)
    tell('Or make the first account here: npm run staff -- add --email … --name … --role admin --language fr')
  }
  if (!config.BARO_KEY)
    tell(
      `The master key is in ${config.BARO_KEY_FILE}. Keep a copy elsewhere: without it nothing can be read.`,
    )
  if (config.WEB_CHAT && house.address) tell(`Anyone can write at ${house.address}/chat`)
  if (!config.TELEGRAM_TOKEN) tell('Telegram is off: TELEGRAM_TOKEN is not set.')
  await told
  await house.close()
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}
