/** The front door: reads the settings, opens the house or runs one command, and turns every fault into plain words. */
import { existsSync } from 'node:fs'
import { type Config, ConfigFaults, readConfig } from './config.ts'
import { Failure } from './failure.ts'

type Command = (config: Config, words: readonly string[]) => Promise<void>

/** Loaded when called: `npm run config` need not load a database driver. */
const commands: Readonly<Record<string, Command>> = {
  start: async (config) => (await import('./command/start.ts')).startCommand(config),
  demo: async (config) => (await import('./command/demo.ts')).demoCommand(config),
  staff: async (config, words) => (await import('./command/staff.ts')).staffCommand(config, words),
  import: async (config, words) => (await import('./command/import.ts')).importCommand(config, words),
  chat: async (config) => (await import('./command/chat.ts')).chatCommand(config),
  flows: async () => (await import('./command/flows.ts')).flowsCommand(),
  texts: async (config, words) => (await import('./command/texts.ts')).textsCommand(config, words),
  config: async () => (await import('./command/settings.ts')).settingsCommand(),
}

if (existsSync('.env')) process.loadEnvFile('.env')
const [name = 'start', ...words] = process.argv.slice(2)

try {
  const command = commands[name]
  if (command) await command(readConfig(process.env), words)
  else tell(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`)
} catch (error) {
  tell(await plainWords(error))
}

function tell(fault: string): void {
  process.exitCode = 1
  process.stderr.write(`${fault}\n`)
}

/** What went wrong, for the person at the keyboard: the sentence of a failure, a list of faults, or a bug's stack. */
async function plainWords(error: unknown): Promise<string> {
  if (!(error instanceof Failure))
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  if (error.cause instanceof ConfigFaults) {
    return ['This cannot be used:', ...error.cause.faults.map((fault) => `  - ${fault}`)].join('\n')
  }
  const { failureSentence } = await import('./command/fault.ts')
  return failureSentence(error)
}
