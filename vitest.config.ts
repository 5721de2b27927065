import { defineConfig } from 'vitest/config'

// Five kinds of tests. Only `house` and `browser` pay for the start of a shared database; `program` runs the real
// program as child processes, each on a database of its own.
const house = [
  'test/{store,turn,job,desk,web,console,command,demo,protection}/**/*.test.ts',
  'test/{house*,conversations}.test.ts',
]
const program = ['test/house/**/*.test.ts']
const browser = ['test/**/*.browser.test.ts']
const architecture = ['test/architecture.test.ts']

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
    // A busy machine is slow, not wrong.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      { extends: true, test: { name: 'architecture', include: architecture } },
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...house, ...program, ...browser, ...architecture],
          // Nothing is left behind in a module: loading the same ones for each file would take longer than the tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'house',
          include: house,
          exclude: browser,
          isolate: false,
          globalSetup: 'test/database-setup.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'program',
          include: program,
          exclude: browser,
          globalSetup: ['test/house/build.ts', 'test/house/office-setup.ts'],
          testTimeout: 180_000,
          maxConcurrency: 3,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          // As in the house.
          isolate: false,
          include: browser,
          globalSetup: ['test/database-setup.ts', 'test/chromium.ts'],
          testTimeout: 120_000,
        },
      },
    ],
  },
})
