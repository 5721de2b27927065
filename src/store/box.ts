/**
 * A box that only its owner opens: anybody with the public key can put something in, and what opens it is the private key
 * alone. X25519 with a pair made for this box, HKDF-SHA-256, AES-256-GCM.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'

/** Both halves, 32 bytes each. */
export type Pair = { readonly publicKey: Buffer; readonly secret: Buffer }

/** Shape of a box: this version, the public key made for it (32), tag (16), text. */
export const boxVersion = 2
const head = 1 + 32 + 16
// Every box has a key of its own, which a fixed nonce suits.
const nonce = Buffer.alloc(12)

export function makePair(): Pair {
  const { privateKey } = generateKeyPairSync('x25519')
  const { x, d } = privateKey.export({ format: 'jwk' })
  if (x === undefined || d === undefined) throw new Error('a fresh key pair has no halves')
  return { publicKey: Buffer.from(x, 'base64url'), secret: Buffer.from(d, 'base64url') }
}

/** Puts a value into a box for the owner of this public key; `place` binds it to where it lies. */
export function boxTo(publicKey: Uint8Array, place: string, value: string | Uint8Array): Buffer {
  const own = makePair()
  const key = sharedKey(privateOf(own), publicOf(publicKey), own.publicKey, publicKey)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(place))
  const text = cipher.update(typeof value === 'string' ? Buffer.from(value) : value)
  cipher.final()
  return Buffer.concat([Buffer.of(boxVersion), own.publicKey, cipher.getAuthTag(), text])
}

/** What is in the box; fails with a plain Error when it is another's, was changed, or lies elsewhere. */
export function openBox(pair: Pair, place: string, box: Uint8Array): Buffer {
  if (!isBox(box) || box.length < head) throw new Error('a box has no shape that is known')
  const made = box.subarray(1, 33)
  const key = sharedKey(privateOf(pair), publicOf(made), made, pair.publicKey)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(box.subarray(33, head))
  return Buffer.concat([decipher.update(box.subarray(head)), decipher.final()])
}

/** Whether an encrypted value is a box, and not under a key that the house holds. */
export function isBox(value: Uint8Array): boolean {
  return value[0] === boxVersion
}

function sharedKey(mine: KeyObject, theirs: KeyObject, made: Uint8Array, owner: Uint8Array): Buffer {
  const secret = diffieHellman({ privateKey: mine, publicKey: theirs })
  return Buffer.from(hkdfSync('sha256', secret, Buffer.concat([made, owner]), 'baro/box', 32))
}

function publicOf(bytes: Uint8Array): KeyObject {
  const x = Buffer.from(bytes).toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' })
}

function privateOf({ publicKey, secret }: Pair): KeyObject {
  const [x, d] = [publicKey, secret].map((bytes) => bytes.toString('base64url'))
  return createPrivateKey({ key: { kty: 'OKP', crv: 'X25519', x, d }, format: 'jwk' })
}
