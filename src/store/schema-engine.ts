/** Prisma's own schema engine as WebAssembly: no program to download, the same ledger as `prisma migrate deploy`. */
import type { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg'
import type pg from 'pg'

type Engine = engineModule.SchemaEngine

const schemaFile = new URL('../../prisma/schema.prisma', import.meta.url)
const wasmFile = join(
  dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')),
  'schema_engine_bg.wasm',
)

/** Nothing in the database is managed by somebody else. */
export const noFilters = { externalTables: [], externalEnums: [] }

/** The model as the engine wants to read it. */
export async function readSchema(): Promise<{ path: string; content: string }> {
  return { path: fileURLToPath(schemaFile), content: await readFile(schemaFile, 'utf8') }
}

/** Runs `use` with an engine on the database of this pool. */
export async function withEngine<T>(pool: pg.Pool, use: (engine: Engine) => Promise<T>): Promise<T> {
  await loadEngine()
  const schema = await readSchema()
  // The bindings give the constructor the type of a factory of their own; the object is the one they ask for.
  const adapter = bindMigrationAwareSqlAdapterFactory(readsCharacters(pool)) as unknown as Parameters<
    typeof engineModule.SchemaEngine.new
  >[2]
  const datamodels: [string, string][] = [[schema.path, schema.content]]
  const engine = await engineModule.SchemaEngine.new({ datamodels }, () => {}, adapter)
  try {
    return await use(engine)
  } finally {
    engine.free()
  }
}

/**
 * The catalogues have columns of the type "char" (18). The engine wants them as characters when it describes a database,
 * and Prisma's adapter refuses them: here they pass as text (25) and are called characters afterwards, by their names.
 */
function readsCharacters(pool: pg.Pool): PrismaPg {
  const names = new Set<string>()
  pool.on('connect', (client) => {
    // The connection is there and is missing in the types.
    const { connection } = client as unknown as { connection: EventEmitter }
    connection.prependListener(
      'rowDescription',
      ({ fields }: { fields: { name: string; dataTypeID: number }[] }) => {
        for (const field of fields.filter((one) => one.dataTypeID === 18)) {
          names.add(field.name)
          field.dataTypeID = 25
        }
      },
    )
  })
  const factory = new PrismaPg(pool)
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (query) => {
      const found = await queryRaw(query)
      const types = found.columnTypes.map((type, i) =>
        names.has(found.columnNames[i] ?? '') && type === ColumnTypeEnum.Text
          ? ColumnTypeEnum.Character
          : type,
      )
      return { ...found, columnTypes: types }
    }
    return adapter
  }
  return factory
}

/**
 * The package's bindings hold one instance for the whole process, and a second one would be mixed up with the first. This
 * file may be loaded twice in a process (a test runner does so), hence the mark on the process and not on this module.
 */
const engineOfProcess = Symbol.for('baro.schema-engine')

/** The package's own loader is for bundlers; in Node the module is instantiated by hand, once. */
function loadEngine(): Promise<void> {
  const place = globalThis as { [engineOfProcess]?: Promise<void> }
  place[engineOfProcess] ??= instantiate()
  return place[engineOfProcess]
}

async function instantiate(): Promise<void> {
  // Both are exported by the file and missing in its types.
  const module = engineModule as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void }
  const { instance } = await WebAssembly.instantiate(await readFile(wasmFile), {
    './schema_engine_bg.js': { ...(module as unknown as WebAssembly.ModuleImports), ...idleTimers(module) },
  })
  module.__wbg_set_wasm(instance.exports)
  tellPanics()
  const start = instance.exports['__wbindgen_start'] as () => void
  start()
}

/** Where the engine leaves its last words when it gives up; without it they are lost behind a TypeError. */
function tellPanics(): void {
  const place = globalThis as { PRISMA_WASM_PANIC_REGISTRY?: { set_message(words: string): void } }
  place.PRISMA_WASM_PANIC_REGISTRY ??= {
    set_message(words) {
      throw new Error(`the schema engine gave up: ${words}`)
    },
  }
}

/** The engine leaves the timer of its lock running for ten seconds, which must not keep a finished process alive. */
function idleTimers(module: object): WebAssembly.ModuleImports {
  const names = Object.keys(module).filter((name) => name.startsWith('__wbg_setTimeout_'))
  return Object.fromEntries(
    names.map((name) => [
      name,
      (run: () => void, milliseconds: number) => setTimeout(run, milliseconds >>> 0).unref(),
    ]),
  )
}
