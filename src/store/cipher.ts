/** What lies under one key: AES-256-GCM. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Shape of an encrypted value: version 1, nonce (12), tag (16), text. */
const version = 1
const head = 1 + 12 + 16

/** Chance is asked for by the page: for twelve bytes at a time the asking would cost more than the encrypting. */
let chance = Buffer.alloc(0)

function freshNonce(): Buffer {
  if (chance.length < 12) chance = randomBytes(12 * 256)
  const nonce = chance.subarray(0, 12)
  chance = chance.subarray(12)
  return nonce
}

/** Encrypts; `place` binds the result to where it lies. */
export function seal(key: Buffer, place: string, value: string | Uint8Array): Buffer {
  const nonce = freshNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(place))
  const text = cipher.update(typeof value === 'string' ? Buffer.from(value) : value)
  cipher.final()
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), text])
}

/** The bytes again; fails with a plain Error under another key, at another place, or when they were changed. */
export function unseal(key: Buffer, place: string, value: Uint8Array): Buffer {
  if (value[0] !== version || value.length < head)
    throw new Error('an encrypted value has no shape that is known')
  const decipher = createDecipheriv('aes-256-gcm', key, value.subarray(1, 13))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(value.subarray(13, head))
  return Buffer.concat([decipher.update(value.subarray(head)), decipher.final()])
}
