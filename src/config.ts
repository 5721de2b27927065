/** The settings: the only place that knows the environment. Reads all of them at once and tells every fault together. */
import { z } from 'zod'
import { Failure } from './failure.ts'

/** A value that prints as dots; `reveal` where it is used. */
export type Secret = { reveal(): string; toString(): string; toJSON(): string }

function secretOf(value: string): Secret {
  return { reveal: () => value, toString: () => '•••', toJSON: () => '•••' }
}

const secret = z.string().min(1).transform(secretOf)
const url = (schemes: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol),
      `must be a ${schemes.join(' or ')} address`,
    )
const yes = z.enum(['on', 'off']).transform((text) => text === 'on')

/** Every setting: its name in the environment, what it takes, and what it is for. `npm run config` prints this table. */
const settings = {
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3000)
    .describe('port of the web server; 0 takes a free one'),
  HOST: z.string().default('127.0.0.1').describe('address the web server listens on'),
  DATA_DIR: z.string().default('./data').describe('folder of the embedded database and of media'),
  DATABASE_URL: url(['postgres:', 'postgresql:'])
    .transform(secretOf)
    .optional()
    .describe('external PostgreSQL; unset: the embedded one'),
  REDIS_URL: url(['redis:', 'rediss:'])
    .transform(secretOf)
    .optional()
    .describe('Redis for job lines; unset: PostgreSQL carries them'),
  PUBLIC_URL: url(['http:', 'https:'])
    .optional()
    .describe('address under which people and providers reach this server'),
  TLS_CERT: z
    .string()
    .optional()
    .describe('file of the certificate, PEM; with TLS_KEY the server speaks https itself'),
  TLS_KEY: z.string().optional().describe('file of the key of the certificate, PEM'),
  TRUST_PROXY: z
    .string()
    .optional()
    .describe('addresses of proxies whose X-Forwarded headers are believed, comma separated'),
  ROLE: z.enum(['all', 'web', 'work', 'whatsapp-web']).default('all').describe('what this process does'),
  BARO_KEY: secret.optional().describe('master key, 32 bytes in base64 or hex; wins over BARO_KEY_FILE'),
  BARO_KEY_FILE: z
    .string()
    .default('./baro.key')
    .describe('file of the master key, made at the very first start'),
  BACKUP_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(3650)
    .default(30)
    .describe('days after which no backup holds any more what was erased; told with every erasure'),
  SMTP_URL: url(['smtp:', 'smtps:'])
    .transform(secretOf)
    .optional()
    .describe('mail server for alerts and invitations'),
  SMTP_FROM: z
    .string()
    .default('Baro <baro@localhost>')
    .describe('who the letters of SMTP_URL say they are from; many servers ask for an address of theirs'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('how much the log says'),
  METRICS_TOKEN: secret.optional().describe('bearer token that opens /metrics from elsewhere than loopback'),
  WEB_CHAT: yes.default(false).describe('on: the page /chat, where anyone can write as a returnee'),
  MEDIA_S3_URL: url(['http:', 'https:'])
    .refine(
      (text) => URL.canParse(text) && new URL(text).pathname.length > 1,
      'must name a bucket: https://host/bucket',
    )
    .optional()
    .describe('bucket of an S3-compatible store for files, https://host/bucket; unset: a folder in DATA_DIR'),
  MEDIA_S3_REGION: z.string().default('us-east-1').describe('region of that store'),
  MEDIA_S3_KEY: secret.optional().describe('access key of that store'),
  MEDIA_S3_SECRET: secret.optional().describe('secret key of that store'),
  CLAMAV: z
    .string()
    .regex(/^(\/.+|[^/]+:\d{1,5})$/, 'must be host:port or the path of a socket')
    .optional()
    .describe(
      'ClamAV daemon that looks at every file that comes or that staff send: host:port, or the path of its socket',
    ),
  TELEGRAM_TOKEN: secret.optional().describe('token of the bot that returnees write to'),
  TELEGRAM_STAFF_TOKEN: secret
    .optional()
    .describe(
      'token of the bot in which staff work on the road; a bot of its own, never the one of returnees',
    ),
  TELEGRAM_API_ROOT: url(['http:', 'https:'])
    .default('https://api.telegram.org')
    .describe('address of the Bot API'),
  TELEGRAM_WEBHOOK_SECRET: secret
    .optional()
    .describe(
      'set: webhooks at /hooks/telegram and /hooks/telegram-staff, secret checked; unset: long polling',
    ),
  WHATSAPP_CLOUD_TOKEN: secret.optional().describe('access token of the WhatsApp Cloud API'),
  WHATSAPP_CLOUD_PHONE_ID: z
    .string()
    .regex(/^\d{1,30}$/, 'must be digits')
    .optional()
    .describe('id that Meta gives the phone number'),
  WHATSAPP_CLOUD_APP_SECRET: secret.optional().describe('signs what Meta brings to /hooks/whatsapp'),
  WHATSAPP_CLOUD_VERIFY_TOKEN: secret.optional().describe('the word that Meta says when the webhook is set'),
  WHATSAPP_CLOUD_BUSINESS_ID: z
    .string()
    .regex(/^\d{1,30}$/, 'must be digits')
    .optional()
    .describe('id of the WhatsApp business account, for its templates; unset: learnt from the first message'),
  WHATSAPP_CLOUD_API_ROOT: url(['http:', 'https:'])
    .default('https://graph.facebook.com/v23.0')
    .describe('address of the Graph API, with its version'),
  WHATSAPP_WEB: yes
    .default(false)
    .describe('on: a phone of the office is paired in the console and speaks through WhatsApp Web'),
  CHROME_PATH: z
    .string()
    .optional()
    .describe('browser for WhatsApp Web; unset: the one of the system, else the packaged one'),
  CHROME_ARGS: z.string().optional().describe('more switches for that browser, as on a command line'),
} as const

const shape = z.object(settings)
type Settings = z.output<typeof shape>

/** The settings by their names, checked. */
export type Config = Readonly<Settings>

/** All settings, or a `config:invalid` whose cause tells every fault in plain words. Empty values count as unset. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.keys(settings)
      .map((name) => [name, environment[name]?.trim() || undefined] as const)
      .filter(([, value]) => value !== undefined),
  )
  const read = shape.safeParse(given)
  const faults = read.success
    ? crossFaults(read.data)
    : [...read.error.issues.map(faultOf), ...crossFaults(given)]
  if (!read.success || faults.length > 0) {
    throw new Failure('config:invalid', { faults: faults.length }, { cause: new ConfigFaults(faults) })
  }
  return Object.freeze(read.data)
}

/** What is wrong with the settings, a sentence each. */
export class ConfigFaults extends Error {
  override readonly name = 'ConfigFaults'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.faults = faults
  }
}

/** Name, default and meaning of each setting, for `npm run config` and the README. */
export function describeSettings(): readonly { name: string; default: string; meaning: string }[] {
  return Object.entries(settings).map(([name, type]) => ({
    name,
    default: defaultOf(type),
    meaning: type.description ?? '',
  }))
}

function defaultOf(type: z.ZodType): string {
  const read = type.safeParse(undefined)
  if (!read.success || read.data === undefined) return ''
  return read.data === false ? 'off' : String(read.data)
}

function faultOf(issue: z.core.$ZodIssue): string {
  return `${String(issue.path[0])}: ${issue.message}`
}

/** A number of the WhatsApp Cloud API has all of them, or is absent. */
const cloudSettings = [
  'WHATSAPP_CLOUD_TOKEN',
  'WHATSAPP_CLOUD_PHONE_ID',
  'WHATSAPP_CLOUD_APP_SECRET',
  'WHATSAPP_CLOUD_VERIFY_TOKEN',
] as const

/** Settings that only make sense together. */
function crossFaults(given: Readonly<Partial<Record<keyof Settings, unknown>>>): string[] {
  const faults: string[] = []
  if (Boolean(given.TLS_CERT) !== Boolean(given.TLS_KEY))
    faults.push('TLS_CERT and TLS_KEY: set both or neither')
  if (given.TELEGRAM_WEBHOOK_SECRET && !given.TELEGRAM_TOKEN && !given.TELEGRAM_STAFF_TOKEN) {
    faults.push('TELEGRAM_WEBHOOK_SECRET: needs TELEGRAM_TOKEN or TELEGRAM_STAFF_TOKEN')
  }
  if (given.TELEGRAM_STAFF_TOKEN && reveal(given.TELEGRAM_STAFF_TOKEN) === reveal(given.TELEGRAM_TOKEN)) {
    faults.push('TELEGRAM_STAFF_TOKEN: must be another bot than TELEGRAM_TOKEN')
  }
  const cloud = cloudSettings.filter((name) => given[name])
  if (cloud.length > 0 && cloud.length < cloudSettings.length) {
    const missing = cloudSettings.filter((name) => !given[name])
    faults.push(`${missing.join(', ')}: the WhatsApp Cloud API needs all of ${cloudSettings.join(', ')}`)
  }
  const stored = (['MEDIA_S3_URL', 'MEDIA_S3_KEY', 'MEDIA_S3_SECRET'] as const).filter((name) => given[name])
  if (stored.length > 0 && stored.length < 3)
    faults.push('MEDIA_S3_URL, MEDIA_S3_KEY, MEDIA_S3_SECRET: set all or none')
  if (given.ROLE !== undefined && given.ROLE !== 'all' && !given.DATABASE_URL) {
    faults.push(
      `ROLE: "${String(given.ROLE)}" needs DATABASE_URL; the embedded database serves one process (ROLE=all)`,
    )
  }
  return faults
}

/** A secret before or after it was wrapped. */
function reveal(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'reveal' in value ? (value as Secret).reveal() : value
}
