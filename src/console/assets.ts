/** The files that pages need, read once, named by their content so that a browser keeps them for ever. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname } from 'node:path'
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib'

export const assetNames = [
  'console.css',
  'console.js',
  'icons.svg',
  'voice-encoder.js',
  'voice-tap.js',
] as const
export type Asset = (typeof assetNames)[number]

export type AssetFile = {
  /** Where the browser finds it. */
  readonly path: string
  readonly type: string
  /** Of a script that runs by itself: what it may do. */
  readonly policy?: string
  readonly plain: Buffer
  readonly br: Buffer
  readonly gzip: Buffer
}

/** Pressing the last bytes out of something large would hold up every start. */
const large = 200_000

/** The encoder is a worker with a machine of its own; pages need no such right, and have none. */
const encoderPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"

/** One sheet out of a file for each subject; what moves things about at a width comes last and wins. */
const styles = [
  'tokens',
  'base',
  'desk',
  'request',
  'acts',
  'box',
  'sheet',
  'access',
  'people',
  'alerts',
  'duty',
  'supervision',
  'reach',
  'said',
  'lists',
  'chat',
  'listening',
  'channels',
  'studio',
  'phone',
  'campaign-report',
  'campaign',
  'calendar',
  'tasks',
  'feedback',
  'referral',
  'layout',
  'print',
] as const

const packages = createRequire(import.meta.url)
/**
 * What each asset is made of. The script is one file: htmx starts as soon as it can, and an extension that comes in a
 * file of its own is too late on a slow line.
 */
const made: Record<Asset, () => readonly (string | URL)[]> = {
  'console.css': () => styles.map((name) => new URL(`assets/${name}.css`, import.meta.url)),
  'console.js': () => [
    packages.resolve('htmx.org/dist/htmx.min.js'),
    packages.resolve('htmx.org/dist/ext/hx-sse.min.js'),
    new URL('assets/console.js', import.meta.url),
    new URL('assets/box.js', import.meta.url),
    new URL('assets/alerts.js', import.meta.url),
    new URL('assets/player.js', import.meta.url),
    new URL('assets/attach.js', import.meta.url),
    new URL('assets/lists.js', import.meta.url),
    new URL('assets/reach.js', import.meta.url),
    new URL('assets/replies.js', import.meta.url),
    new URL('assets/acts.js', import.meta.url),
    new URL('assets/mentions.js', import.meta.url),
    new URL('assets/keys.js', import.meta.url),
    new URL('assets/listening.js', import.meta.url),
    new URL('assets/signals.js', import.meta.url),
    new URL('assets/campaign.js', import.meta.url),
  ],
  'icons.svg': () => [new URL('assets/icons.svg', import.meta.url)],
  // Both only when somebody presses the microphone.
  'voice-encoder.js': () => [packages.resolve('opus-recorder/dist/encoderWorker.min.js')],
  'voice-tap.js': () => [new URL('assets/voice-tap.js', import.meta.url)],
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
}

let known: ReadonlyMap<Asset, AssetFile> | undefined

/** Reads and compresses every asset; about a tenth of a second, once for all servers of a process. */
export function readAssets(): ReadonlyMap<Asset, AssetFile> {
  known ??= new Map(assetNames.map((name) => [name, readAsset(name)]))
  return known
}

function readAsset(name: Asset): AssetFile {
  // The maps are not shipped: a browser that looks for one would only find a missing page.
  const texts = made[name]().map((file) =>
    readFileSync(file, 'utf8').replace(/\n?\/\/# sourceMappingURL=.*$/m, ''),
  )
  const plain = Buffer.from(texts.join(name.endsWith('.js') ? '\n;' : '\n'))
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 12)
  return {
    path: `/assets/${hash}/${name}`,
    ...(name === 'voice-encoder.js' ? { policy: encoderPolicy } : {}),
    type: types[extname(name)] ?? '',
    plain,
    br: brotliCompressSync(plain, { params: { [zlib.BROTLI_PARAM_QUALITY]: plain.length > large ? 6 : 11 } }),
    gzip: gzipSync(plain, { level: 9 }),
  }
}
