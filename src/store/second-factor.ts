/**
 * The second factor of staff: codes from an app (TOTP, RFC 6238) and ten recovery codes for the day the phone is lost. The
 * secret is encrypted with a key of its owner; recovery codes are kept as keyed hashes. Every code works once.
 */
import { randomInt } from 'node:crypto'
import { generateSecret, generateURI, verify } from 'otplib'
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { endStaffChats } from './staff-chat.ts'

type Part = Pick<Database, 'prisma' | 'keys' | 'pool'>

const stepSeconds = 30
const recoveryCount = 10
/** Without letters and digits that look alike. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A secret that nobody has yet, as apps take it: 160 bits in 32 letters. */
export function makeSecret(): string {
  return generateSecret({ length: 20 })
}

/** Whether this is a secret as `makeSecret` gives it. */
export function isSecret(text: string): boolean {
  return /^[A-Z2-7]{32}$/.test(text)
}

/** What the QR code says to the app. */
export function secretAddress(secret: string, email: string): string {
  return generateURI({ issuer: 'Baro', label: email, secret })
}

/** The time step of a code that fits at this moment, one step early or late; undefined when it does not. */
export async function stepOf(secret: string, code: string, now: Date): Promise<number | undefined> {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const epoch = Math.floor(now.getTime() / 1000)
  const found = await verify({ secret, token, epoch, epochTolerance: stepSeconds })
  return found.valid ? Math.floor(epoch / stepSeconds) + found.delta : undefined
}

/**
 * Keeps a second factor whose code fitted at `step`, in place of one there was, and gives fresh recovery codes: the only
 * time that they are readable.
 */
export async function keepFactor(
  { prisma, keys }: Part,
  it: {
    readonly staff: string
    readonly secret: string
    readonly step: number
    /** Id of the key that is made for it. */
    readonly key: string
    /** The session that it was set up in counts as one in which a code was given. */
    readonly session?: Buffer
  },
  now: Date,
): Promise<readonly string[]> {
  const { staff, secret, step } = it
  const before = await prisma.secondFactor.findUnique({ where: { staffId: staff }, select: { keyId: true } })
  const key = keys.make('staff', it.key, now)
  const secretEnc = bytes(keys.encrypt(key.id, placeOf('second_factor', 'secret_enc', staff), secret))
  const row = { keyId: key.id, secretEnc, lastStep: step, createdAt: now }
  const codes = makeCodes()
  const { wrapped, wrap_id } = key.row.plain as { wrapped: Buffer; wrap_id: number }
  await prisma.$transaction([
    prisma.subjectKey.create({
      data: { id: key.id, subject: 'staff', wrapped: bytes(wrapped), wrapId: wrap_id, createdAt: now },
    }),
    prisma.secondFactor.upsert({
      where: { staffId: staff },
      create: { staffId: staff, ...row },
      update: row,
    }),
    ...recoveryRows({ prisma, keys }, staff, codes, now),
    ...(it.session
      ? [prisma.signIn.updateMany({ where: { idHash: bytes(it.session) }, data: { factor: true } })]
      : []),
  ])
  if (before) await keys.erase(before.keyId, now)
  return codes
}

/** Whether this code of the app opens, now and for the first time. */
export async function takeCode(
  { prisma, keys, pool }: Part,
  staff: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const row = await prisma.secondFactor.findUnique({ where: { staffId: staff } })
  if (!row) return false
  await keys.load([row.keyId])
  const secret = keys.decrypt(row.keyId, placeOf('second_factor', 'secret_enc', staff), row.secretEnc)
  const step = await stepOf(secret.toString('utf8'), code, now)
  if (step === undefined) return false
  // Of two browsers that bring the same code at once, one finds the step taken.
  const { rowCount } = await pool.query(
    'update second_factor set last_step = $2 where staff_id = $1 and last_step < $2',
    [staff, step],
  )
  return rowCount === 1
}

/** Whether this recovery code opens; it is gone then. Letters of either case, dashes and spaces aside. */
export async function takeRecoveryCode({ pool, keys }: Part, staff: string, code: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from recovery_code where code_hash = $1 and staff_id = $2', [
    hashOf(keys, staff, code),
    staff,
  ])
  return rowCount === 1
}

/** Ten fresh recovery codes in place of what was left; fails with `staff:not_allowed` without a second factor. */
export async function renewRecoveryCodes(
  { prisma, keys }: Part,
  staff: string,
  now: Date,
): Promise<readonly string[]> {
  const has = await prisma.secondFactor.findUnique({ where: { staffId: staff }, select: { keyId: true } })
  if (!has) throw new Failure('staff:not_allowed')
  const codes = makeCodes()
  await prisma.$transaction(recoveryRows({ prisma, keys }, staff, codes, now))
  return codes
}

export type FactorState = { readonly since: Date; readonly recoveryLeft: number }

/** Since when somebody has a second factor and how many recovery codes are left; undefined without one. */
export async function readFactor(
  { prisma }: Pick<Part, 'prisma'>,
  staff: string,
): Promise<FactorState | undefined> {
  const [row, recoveryLeft] = await Promise.all([
    prisma.secondFactor.findUnique({ where: { staffId: staff }, select: { createdAt: true } }),
    prisma.recoveryCode.count({ where: { staffId: staff } }),
  ])
  return row ? { since: row.createdAt, recoveryLeft } : undefined
}

/** Takes the second factor away and ends every session: at the next sign-in a new one is set up. */
export async function resetFactor({ prisma, keys }: Part, staff: string, now: Date): Promise<void> {
  const row = await prisma.secondFactor.findUnique({ where: { staffId: staff }, select: { keyId: true } })
  await prisma.$transaction([
    prisma.secondFactor.deleteMany({ where: { staffId: staff } }),
    prisma.recoveryCode.deleteMany({ where: { staffId: staff } }),
    prisma.signIn.deleteMany({ where: { staffId: staff } }),
    endStaffChats(prisma, staff),
  ])
  if (row) await keys.erase(row.keyId, now)
}

function recoveryRows(
  { prisma, keys }: Pick<Part, 'prisma' | 'keys'>,
  staff: string,
  codes: readonly string[],
  now: Date,
) {
  return [
    prisma.recoveryCode.deleteMany({ where: { staffId: staff } }),
    prisma.recoveryCode.createMany({
      data: codes.map((code) => ({
        codeHash: bytes(hashOf(keys, staff, code)),
        staffId: staff,
        createdAt: now,
      })),
    }),
  ]
}

/** `K7QP-3WXM`: forty bits, good for one sign-in after the password. */
function makeCodes(): readonly string[] {
  const half = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return Array.from({ length: recoveryCount }, () => `${half()}-${half()}`)
}

function hashOf(keys: Part['keys'], staff: string, code: string): Buffer {
  return keys.hash('recovery', `${staff}|${code.toUpperCase().replace(/[^A-Z0-9]/g, '')}`)
}

/** Prisma wants bytes that lie in a buffer of their own. */
function bytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer)
}
