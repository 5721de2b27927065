/** Passwords as they are kept: argon2id, with the least that OWASP asks for (19 MiB, two rounds, one lane). */
import { hash, verify } from '@node-rs/argon2'

// 2 is argon2id; the library's enum has no value at run time.
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The hash to keep; about thirty milliseconds. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(password.normalize('NFKC'), cost)
}

let nobody: Promise<string> | undefined

/** Whether the password fits. Without a hash the same work is done for nothing, so that time tells no account. */
export async function fitsPassword(kept: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this account')
  const fits = await verify(kept ?? (await nobody), password.normalize('NFKC'))
  return kept !== undefined && fits
}
