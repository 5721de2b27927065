/** Numbers of the WhatsApp Cloud API that were added in the console: their rows, and their secrets, encrypted. */
import { Failure } from '../failure.ts'
import type { Clock } from '../world.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'

type Parts = Pick<Database, 'prisma' | 'keys'> & { readonly clock: Clock }

/** What a number needs besides its id; an absent one is that of the settings. */
export type NumberSecrets = {
  readonly token?: string
  readonly appSecret?: string
  readonly verifyToken?: string
}

/** Meta's id of a number is the account of its row. */
export type CloudNumber = {
  readonly id: string
  readonly phoneId: string
  readonly name?: string
  readonly business?: string
  /** What Meta told of its limit, in its own word. */
  readonly limit?: string
  readonly secrets?: NumberSecrets
}

const kind = 'whatsapp_cloud'

/** All of them, the oldest first. */
export async function listNumbers({ prisma, keys }: Omit<Parts, 'clock'>): Promise<readonly CloudNumber[]> {
  const rows = await prisma.channel.findMany({ where: { kind }, orderBy: { id: 'asc' } })
  await keys.load(rows.flatMap(({ keyId }) => keyId ?? []))
  return rows.map(({ id, account, settings, keyId, secretsEnc }) => {
    const { name, business, limit } = settings as Readonly<Record<string, string | undefined>>
    const text = keyId && secretsEnc ? keys.read(keyId, place(id), Buffer.from(secretsEnc)) : undefined
    // Written by keepNumber and bound to its row by the encryption.
    const secrets = text === undefined ? undefined : (JSON.parse(text) as NumberSecrets)
    return {
      ...{ id, phoneId: account },
      ...(name ? { name } : {}),
      ...(business ? { business } : {}),
      ...(limit ? { limit } : {}),
      ...(secrets ? { secrets } : {}),
    }
  })
}

/** Adds a number. Fails with `channel:known` when it is there already. */
export async function addNumber(
  { prisma, keys, clock }: Parts,
  it: { readonly phoneId: string; readonly name: string; readonly secrets: NumberSecrets },
): Promise<string> {
  const id = clock.id()
  const at = clock.now()
  const where = { kind_account: { kind, account: it.phoneId } }
  if (await prisma.channel.findUnique({ where })) throw new Failure('channel:known')
  const key = await keepKey({ prisma, keys }, clock.id(), at)
  await prisma.channel.create({
    data: {
      ...{ id, kind, account: it.phoneId, settings: { name: it.name }, createdAt: at },
      ...{ keyId: key, secretsEnc: sealed(keys, key, id, it.secrets) },
    },
  })
  return id
}

/** Other secrets for a number, used from the next call on; what is left empty stays. */
export async function changeNumber(
  { prisma, keys, clock }: Parts,
  id: string,
  change: { readonly name: string; readonly secrets: NumberSecrets },
): Promise<void> {
  const known = (await listNumbers({ prisma, keys })).find((one) => one.id === id)
  const row = await prisma.channel.findFirst({ where: { id, kind } })
  if (!known || !row) throw new Failure('channel:not_found')
  const key = row.keyId ?? (await keepKey({ prisma, keys }, clock.id(), clock.now()))
  const secrets = { ...known.secrets, ...change.secrets }
  await prisma.channel.update({
    where: { id },
    data: {
      settings: { ...(row.settings as object), name: change.name },
      ...{ keyId: key, secretsEnc: sealed(keys, key, id, secrets) },
    },
  })
}

/** What Meta told of a number by itself. */
export async function learnNumber(
  prisma: Database['prisma'],
  id: string,
  facts: Readonly<Record<string, string>>,
): Promise<void> {
  const row = await prisma.channel.findUnique({ where: { id }, select: { settings: true } })
  if (!row) return
  await prisma.channel.update({
    where: { id },
    data: { settings: { ...(row.settings as object), ...facts } },
  })
}

async function keepKey({ prisma, keys }: Omit<Parts, 'clock'>, id: string, at: Date): Promise<string> {
  const { plain } = keys.make('channel', id, at).row as { readonly plain: Record<string, unknown> }
  await prisma.subjectKey.create({
    data: {
      ...{ id, subject: 'channel', createdAt: at, wrapId: Number(plain['wrap_id']) },
      // Made by keys.make as bytes.
      wrapped: new Uint8Array(plain['wrapped'] as Uint8Array),
    },
  })
  return id
}

function sealed(
  keys: Database['keys'],
  key: string,
  id: string,
  secrets: NumberSecrets,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(keys.encrypt(key, place(id), JSON.stringify(secrets)))
}

function place(id: string): string {
  return placeOf('channel', 'secrets_enc', id)
}
