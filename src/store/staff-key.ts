/**
 * The key pair of a member of staff, by which sealed matters open for them. The private key lies wrapped under a key made
 * of their password and nothing else: whoever sets the password anew, and whoever has the database and the master key,
 * does not have it.
 */
import { hkdfSync, randomBytes } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import type { Prisma } from '../../prisma/client/client.ts'
import { makePair, type Pair } from './box.ts'
import { seal, unseal } from './cipher.ts'
import type { Database } from './database.ts'

type Part = Pick<Database, 'prisma'>

// As costly as the password itself (web/password.ts): 2 is argon2id.
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 }
const place = 'staff_key.secret_enc'

/**
 * The pair of somebody who has just given this password; made at the first time. Undefined when the pair is of another
 * password, which nothing but a hand in the database brings about.
 */
export async function openStaffKey(
  { prisma }: Part,
  staff: string,
  password: string,
  now: Date,
): Promise<Pair | undefined> {
  const row = (await prisma.staffKey.findUnique({ where: { staffId: staff } })) ?? undefined
  if (row) return unwrapPair(row, await keyOf(password, row.salt))
  const pair = makePair()
  const made = await wrapPair(pair, password)
  const { count } = await prisma.staffKey.createMany({
    data: { staffId: staff, ...made, createdAt: now },
    skipDuplicates: true,
  })
  // Another browser of theirs came in the same moment.
  return count === 1 ? pair : openStaffKey({ prisma }, staff, password, now)
}

/** Keeps another password of somebody who gave the one before, whose pair lies under the next one from then on. */
export async function writePassword(
  { prisma }: Part,
  staff: string,
  passwords: { readonly old: string; readonly next: string; readonly nextHash: string },
): Promise<void> {
  const row = await prisma.staffKey.findUnique({ where: { staffId: staff } })
  const pair = row && unwrapPair(row, await keyOf(passwords.old, row.salt))
  const wrapped = pair && (await wrapPair(pair, passwords.next))
  await prisma.$transaction([
    prisma.staff.update({ where: { id: staff }, data: { passwordHash: passwords.nextHash } }),
    ...(wrapped ? [prisma.staffKey.update({ where: { staffId: staff }, data: wrapped })] : []),
  ])
}

/** A password was set without the one before: what was boxed to them is lost to them, until a colleague lets them in anew. */
export async function dropStaffKey(tx: Prisma.TransactionClient, staff: string): Promise<void> {
  await tx.staffKey.deleteMany({ where: { staffId: staff } })
  await tx.sealedGrant.deleteMany({ where: { staffId: staff } })
}

type Row = { readonly publicKey: Uint8Array; readonly secretEnc: Uint8Array }

async function wrapPair(pair: Pair, password: string) {
  const salt = randomBytes(16)
  return {
    publicKey: bytes(pair.publicKey),
    salt: bytes(salt),
    secretEnc: bytes(wrapSecret(await keyOf(password, salt), pair.secret)),
  }
}

function unwrapPair({ publicKey, secretEnc }: Row, key: Buffer): Pair | undefined {
  const secret = unwrapSecret(key, secretEnc)
  return secret && { publicKey: Buffer.from(publicKey), secret }
}

async function keyOf(password: string, salt: Uint8Array): Promise<Buffer> {
  const hash = await hashRaw(password.normalize('NFKC'), { ...cost, salt })
  return Buffer.from(hkdfSync('sha256', hash, '', 'baro/staff-key', 32))
}

/** The key that wraps a pair in a session: only the value of its cookie gives it, which the database does not know. */
export function sessionKey(cookie: string): Buffer {
  return Buffer.from(hkdfSync('sha256', cookie, '', 'baro/session-key', 32))
}

/** A private key under the key of a password or a session. */
export function wrapSecret(key: Buffer, secret: Buffer): Buffer {
  return seal(key, place, secret)
}

/** The secret again; undefined under any other key. */
export function unwrapSecret(key: Buffer, value: Uint8Array): Buffer | undefined {
  try {
    return unseal(key, place, value)
  } catch {
    return undefined
  }
}

/** Prisma wants bytes that lie in a buffer of their own. */
function bytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer)
}
