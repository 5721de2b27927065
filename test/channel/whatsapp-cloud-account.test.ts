/** What concerns the account rather than people: several numbers on one hook, templates, ticks. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeWhatsappCloud } from '../../src/channel/whatsapp-cloud.ts'
import { type AccountRead, readAccount } from '../../src/channel/whatsapp-cloud-account.ts'
import { CloudHook } from '../../src/channel/whatsapp-cloud-hook.ts'
import { partsOf } from '../../src/channel/whatsapp-cloud-send.ts'
import { TestCursor, TestEars, testClock, until } from './ears.ts'
import { appSecret, business, GraphApi, hookBody, knock, phoneId, verifyToken } from './graph-api.ts'

let api: GraphApi
let hook: CloudHook
let learnt: AccountRead[]

beforeEach(async () => {
  api = await GraphApi.start()
  learnt = []
  hook = new CloudHook(async (read) => void learnt.push(read))
})
afterEach(() => api.close())

/** One more number on the hook, listening. */
async function open(id: string, number: string, secret = appSecret) {
  const ears = new TestEars()
  const channel = makeWhatsappCloud({
    ...{ id, phoneId: number, apiRoot: api.root, hook, clock: testClock(), listButton: () => 'Choisir' },
    secrets: () => ({ token: api.token, appSecret: secret, verifyToken }),
    business: () => business,
  })
  await channel.start(ears, new TestCursor())
  return { channel, ears }
}

const now = () => String(Math.floor(testClock().now().getTime() / 1000))
const says = (id: string, body: string, timestamp = '1772442000') => {
  return { messages: [{ from: '22300000001', id, timestamp, type: 'text', text: { body } }] }
}
const entryOf = (value: object, number: string) => (hookBody(value, number) as { entry: object[] }).entry

describe('several numbers on one hook', () => {
  test('each hear what was said to them, and are answered together', async () => {
    const [one, other] = [await open('wa1', phoneId), await open('wa2', '777')]
    const entry = [...entryOf(says('wamid.1', 'un'), phoneId), ...entryOf(says('wamid.2', 'deux'), '777')]
    other.ears.failing = 1
    await api.tell(hook, { object: 'whatsapp_business_account', entry })
    expect(api.hookAnswers).toEqual([500, 200])
    expect([new Set(one.ears.texts()), other.ears.texts()]).toEqual([new Set(['un']), ['deux']])
    await one.channel.close()
    await other.channel.close()
  })

  test('of another app are not spoken for by this one', async () => {
    const [one, other] = [await open('wa1', phoneId), await open('wa2', '777', 'another secret')]
    await api.tell(hook, hookBody(says('wamid.1', 'un'), '777'))
    expect([one.ears.texts(), other.ears.texts()]).toEqual([[], []])
    expect(await knock(hook, Buffer.from('{}'), { 'x-hub-signature-256': 'sha256=0' })).toBe(401)
    await one.channel.close()
    await other.channel.close()
  })
})

describe('templates', () => {
  test('are listed page by page, whatever else stands between them', async () => {
    const body = (text: string) => ({
      components: [
        { type: 'BODY', text },
        { type: 'FOOTER', text: 'x' },
      ],
    })
    const of = (name: string, more: object) => ({
      id: '1',
      name,
      language: 'fr',
      category: 'UTILITY',
      ...more,
    })
    api.templates.push(
      of('knock', { status: 'APPROVED', quality_score: { score: 'GREEN' }, ...body('Bonjour') }),
      { a: 'thing' },
      of('late', { status: 'REJECTED', rejected_reason: 'INVALID_FORMAT', ...body('{{date}}') }),
      of('odd', { status: 'A_NEW_WORD' }),
      of('flag', { status: 'FLAGGED', rejected_reason: 'NONE', quality_score: { score: 'UNKNOWN' } }),
    )
    const { channel } = await open('wa1', phoneId)
    const one = { theirId: '1', language: 'fr', category: 'UTILITY' }
    expect(await channel.templates?.list()).toEqual([
      { ...one, name: 'knock', state: 'approved', quality: 'GREEN', body: 'Bonjour' },
      { ...one, name: 'late', state: 'rejected', reason: 'INVALID_FORMAT', body: '{{date}}' },
      { ...one, name: 'odd', state: 'off', body: '' },
      { ...one, name: 'flag', state: 'approved', body: '' },
    ])
    await channel.close()
  })

  test('are handed in with an example of what is filled in', async () => {
    const { channel } = await open('wa1', phoneId)
    const wish = { name: 'late', language: 'fr', category: 'UTILITY', body: 'Le {{date}}, {{ref}}.' }
    expect(await channel.templates?.submit(wish)).toMatchObject({ state: 'pending' })
    const example = {
      body_text_named_params: ['date', 'ref'].map((param_name) => ({ param_name, example: '12345678' })),
    }
    expect(api.templates).toMatchObject([
      { name: 'late', parameter_format: 'NAMED', components: [{ type: 'BODY', text: wish.body, example }] },
    ])
    await channel.close()
  })

  test('are sent by name, with what is filled in', () => {
    const template = { name: 'late', language: 'fr', values: { ref: '123-45-678' } }
    expect(partsOf({ text: 'x', language: 'fr', template }, '')).toEqual([
      {
        body: {
          type: 'template',
          template: {
            ...{ name: 'late', language: { code: 'fr' } },
            components: [
              { type: 'body', parameters: [{ type: 'text', parameter_name: 'ref', text: '123-45-678' }] },
            ],
          },
        },
      },
    ])
  })

  test('that were judged, and numbers whose limit changed, are learnt from the hook', async () => {
    const { channel } = await open('wa1', phoneId)
    const which = { message_template_name: 'late', message_template_language: 'en-US' }
    const changes = [
      { field: 'message_template_status_update', value: { ...which, event: 'REJECTED', reason: 'SCAM' } },
      { field: 'message_template_quality_update', value: { ...which, new_quality_score: 'RED' } },
      {
        field: 'phone_number_quality_update',
        value: { display_phone_number: '+1 555', current_limit: 'TIER_1K', event: 'FLAGGED' },
      },
      { field: 'a_thing_of_tomorrow', value: { a: 1 } },
      {
        field: 'phone_number_quality_update',
        value: {
          ...{ display_phone_number: '+1 555', event: 'ONBOARDING' },
          max_daily_conversations_per_business: 'TIER_2K',
        },
      },
      {
        field: 'phone_number_quality_update',
        value: {
          ...{ display_phone_number: '+1 555', event: 'THROUGHPUT_UPGRADE', current_limit: 'TIER_UNLIMITED' },
        },
      },
      {
        field: 'business_capability_update',
        value: { max_daily_conversations_per_business: 10_000, max_phone_numbers_per_waba: 25 },
      },
      { field: 'business_capability_update', value: { max_daily_conversation_per_phone: -1 } },
      { field: 'business_capability_update', value: { max_phone_numbers_per_business: 2 } },
      'nonsense',
    ]
    await api.tell(hook, { entry: [{ id: business, changes }] })
    const template = { business, name: 'late', language: 'en_US' }
    expect(learnt).toEqual([
      {
        templates: [
          { ...template, state: 'rejected', reason: 'SCAM' },
          { ...template, quality: 'RED' },
        ],
        numbers: [
          { business, phone: '1555', limit: 'TIER_1K', event: 'FLAGGED' },
          { business, phone: '1555', limit: 'TIER_2K', event: 'ONBOARDING' },
          { business, phone: '1555', event: 'THROUGHPUT_UPGRADE' },
          { business, limit: '10000' },
          { business, limit: '-1' },
        ],
      },
    ])
    expect(readAccount('nonsense')).toEqual({ templates: [], numbers: [] })
    await channel.close()
  })
})

describe('the rate of a number', () => {
  test.each([
    ['STANDARD', undefined],
    ['HIGH', 900],
  ])('of throughput %s is %s a second', async (level, most) => {
    api.level = level
    const { channel } = await open('wa1', phoneId)
    await until('Meta answered', () => channel.state() === 'up')
    expect(channel.perSecond?.()).toBe(most)
    await channel.close()
  })
})

describe('the limit of a day', () => {
  const asking = async () => {
    const told: string[] = []
    const channel = makeWhatsappCloud({
      ...{ id: 'wa1', phoneId, apiRoot: api.root, hook, clock: testClock(), listButton: () => 'Choisir' },
      secrets: () => ({ token: api.token, appSecret, verifyToken }),
      limited: (limit) => told.push(limit),
    })
    await channel.start(new TestEars(), new TestCursor())
    return { channel, told }
  }

  test('is asked of Meta at the start', async () => {
    api.limit = 'TIER_2K'
    const { channel, told } = await asking()
    await until('Meta answered', () => told.length > 0)
    expect(told).toEqual(['TIER_2K'])
    await channel.close()
  })

  test('stays unknown where the API does not tell it, and that is no trouble', async () => {
    const { channel, told } = await asking()
    await until('Meta answered', () => channel.state() === 'up')
    await channel.close()
    expect([told, channel.state()]).toEqual([[], 'stopped'])
  })
})

describe('ticks', () => {
  test('show the last message of somebody as read and that an answer is coming, not for what is old', async () => {
    const { channel, ears } = await open('wa1', phoneId)
    const two = [says('wamid.1', 'un', now()), says('wamid.2', 'deux', now())].flatMap(
      ({ messages }) => messages,
    )
    await api.bring(channel, { messages: two })
    await api.bring(channel, says('wamid.3', 'vieux', '1700000000'))
    await until('a tick came', () => api.attended.length === 1)
    expect(ears.texts()).toEqual(['un', 'deux', 'vieux'])
    expect(api.attended).toEqual([
      {
        ...{ messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.2' },
        typing_indicator: { type: 'text' },
      },
    ])
    await channel.close()
  })
})
