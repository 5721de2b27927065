/**
 * The house as it ships, with one account more: a channel whose provider is the chaos run. What arrives comes through the
 * web server's hooks, what is sent goes to the provider over loopback. Killed without warning, again and again.
 */
import { ownAccount, rowFor } from '../../src/accounts.ts'
import type { Channel, Ears } from '../../src/channel/contract.ts'
import { readConfig } from '../../src/config.ts'
import type { Incoming } from '../../src/core/message.ts'
import { Failure } from '../../src/failure.ts'
import { openHouse } from '../../src/house.ts'
import { makeLog } from '../../src/log.ts'
import { fixedMasterKey } from '../../src/store/master-key.ts'
import { type Clock, realClock } from '../../src/world.ts'
import { chaosShelf } from './flows.ts'
import { masterKey, type Posted } from './provider.ts'

const provider = process.env['CHAOS_PROVIDER'] ?? ''
/** A kind with a provider's limits, or none. */
const kind = process.env['CHAOS_KIND'] === 'telegram' ? 'telegram' : 'fake'
/** All processes of a run are ahead of the time by as much: nobody is sent a campaign at night. */
const ahead = Number(process.env['CHAOS_AHEAD'] ?? 0)
const clock: Clock = { ...realClock, now: () => new Date(realClock.now().getTime() + ahead) }

const house = await openHouse({
  config: readConfig(process.env),
  log: makeLog('error'),
  clock,
  masterKey: fixedMasterKey(masterKey),
  shelf: chaosShelf(),
  async more(parts) {
    const { id } = await rowFor(parts, kind, 'chaos')
    return [ownAccount(makeChannel(id), parts.database)]
  },
})
process.stdout.write(`open ${house.address}\n`)

function makeChannel(id: string): Channel {
  let ears: Ears | undefined
  return {
    id,
    kind,
    abilities: { buttons: undefined, textLength: 4096, files: {}, edits: false, typing: false },
    async start(given) {
      ears = given
    },
    async send(to, { text }) {
      const body = JSON.stringify({ to, text })
      const answer = await fetch(`${provider}/send`, { method: 'POST', body }).catch((cause: unknown) => {
        throw new Failure('channel:unreachable', {}, { cause })
      })
      // The provider is the parent: what it answers is well formed.
      const { externalId, afterSeconds } = (await answer.json()) as {
        externalId?: string
        afterSeconds?: number
      }
      if (externalId === undefined) throw new Failure('channel:throttled', { afterSeconds })
      return { externalId }
    },
    async fetch() {
      throw new Failure('media:gone')
    },
    hooks: [
      {
        method: 'POST',
        path: '/hooks/chaos',
        async handle({ body }) {
          if (!ears) return { status: 503 }
          const posted = JSON.parse(body.toString('utf8')) as readonly Posted[]
          await ears.arrived(posted.map((one) => incomingOf(id, one)))
          return { status: 200 }
        },
      },
    ],
    state: () => (ears ? 'up' : 'starting'),
    async close() {
      ears = undefined
    },
  }
}

function incomingOf(channel: string, { from, externalId, text }: Posted): Incoming {
  return {
    ...{ channel, from, externalId, edit: 0, sentAt: clock.now() },
    content: { kind: 'text', text },
  }
}
