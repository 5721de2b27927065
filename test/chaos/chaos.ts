/**
 * `npm run chaos -- --kills 20`: the real program under load, killed without warning, alone and together with its database,
 * as one process on the database that ships with it and as two on another one. Afterwards every message is counted at the
 * provider: answered once, in the order in which it was accepted. Prints one JSON object last; exit status 1 when it is not
 * clean. `unknown` are answers that went out a second time because nobody could know of the first.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Count, count } from './count.ts'
import { makeDice } from './dice.ts'
import { runPhase } from './phase.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    people: { type: 'string', default: '40' },
    seed: { type: 'string', default: String(process.pid) },
  },
})
const kills = Number(values.kills)
const people = Number(values.people)
const dice = makeDice(Number(values.seed))
const started = performance.now()
const found: Count[] = []

for (const [index, kind] of (['alone', 'two'] as const).entries()) {
  const folder = await mkdtemp(join(tmpdir(), 'baro-chaos-'))
  try {
    const share = index === 0 ? Math.ceil(kills / 2) : Math.floor(kills / 2)
    const phase = await runPhase({ kind, folder, kills: share, people, dice, tell })
    found.push(await count(phase))
    await phase.close()
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

const sum = (of: (one: Count) => number) => found.reduce((total, one) => total + of(one), 0)
const result = {
  messages: sum((one) => one.messages),
  kills: sum((one) => one.kills),
  kills_with_database: sum((one) => one.killsWithDatabase),
  lost: sum((one) => one.lost),
  doubled: sum((one) => one.doubled),
  disordered: sum((one) => one.disordered),
  unknown: sum((one) => one.unknown),
  unknown_never_arrived: sum((one) => one.vanished),
  repeats_dropped: sum((one) => one.repeats),
  seed: Number(values.seed),
  seconds: Math.round((performance.now() - started) / 1000),
}
process.stdout.write(`${JSON.stringify(result)}\n`)
process.exitCode = result.lost + result.doubled + result.disordered > 0 ? 1 : 0

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}
