/** The files that pages need, read once, named by their content so that a browser keeps them for ever. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib'

export const assetNames = ['console.css', 'console.js'] as const
export type Asset = (typeof assetNames)[number]

export type AssetFile = {
  /** Where the browser finds it. */
  readonly path: string
  readonly type: string
  readonly plain: Buffer
  readonly br: Buffer
  readonly gzip: Buffer
}

/** One sheet out of a file for each subject; what moves things about at a width comes last and wins. */
const styles = [
  'tokens',
  'base',
  'desk',
  'request',
  'box',
  'sheet',
  'people',
  'alerts',
  'duty',
  'supervision',
  'reach',
  'layout',
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
  ],
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
    type: name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
    plain,
    br: brotliCompressSync(plain, { params: { [zlib.BROTLI_PARAM_QUALITY]: 11 } }),
    gzip: gzipSync(plain, { level: 9 }),
  }
}
