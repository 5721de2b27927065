/**
 * The program in a few files, made once before the tests that start it again and again: reading five hundred sources anew
 * would take most of each start. It is the same program: every source knows its own place as if it had been read there.
 */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { TestProject } from 'vitest/node'

const root = fileURLToPath(new URL('../..', import.meta.url))

declare module 'vitest' {
  export interface ProvidedContext {
    /** The program's first file. */
    program: string
  }
}

let folder: string | undefined

export async function setup(project: TestProject): Promise<void> {
  // Within the project, so that packages are found from there.
  folder = await mkdtemp(join(root, 'node_modules', '.baro-'))
  // Tests run it under another account, too.
  await chmod(folder, 0o755)
  await build({
    ...{ entryPoints: [join(root, 'src/main.ts')], outdir: folder, outExtension: { '.js': '.mjs' } },
    ...{
      bundle: true,
      splitting: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    },
    ...{ jsx: 'automatic', jsxImportSource: 'preact' },
    plugins: [
      {
        name: 'own place',
        setup: ({ onLoad }) => {
          onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
            const text = await readFile(path, 'utf8')
            const contents = text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
            return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' }
          })
        },
      },
    ],
  })
  project.provide('program', join(folder, 'main.mjs'))
}

export async function teardown(): Promise<void> {
  if (folder) await rm(folder, { recursive: true, force: true })
}
