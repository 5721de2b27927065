/** `npm start`: opens the house, says where to go next, and closes it on a signal. */
import QRCode from 'qrcode'
import type { Config } from '../config.ts'
import { openHouse } from '../house.ts'
import { makeLog } from '../log.ts'
import { type Clock, realClock } from '../world.ts'
import { untilTold } from './until-told.ts'

export async function startCommand(config: Config): Promise<void> {
  const told = untilTold()
  const log = makeLog(config.LOG_LEVEL)
  const house = await openHouse({ config, log, clock: realClock, showCode: showCode(realClock) })
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

/** A code is renewed every twenty seconds: on a screen each is drawn, in a file one a minute says that it is wanted. */
function showCode(clock: Clock): (code: string) => void {
  let drawnAt = Number.NEGATIVE_INFINITY
  return (code) => {
    const now = clock.now().getTime()
    if (!process.stdout.isTTY && now - drawnAt < 60_000) return
    drawnAt = now
    tell('A phone is wanted. On it, in WhatsApp: Linked devices, Link a device; or pair it in the console.')
    QRCode.toString(code, { type: 'terminal', small: true }, (_error, drawing) => tell(drawing))
  }
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}
