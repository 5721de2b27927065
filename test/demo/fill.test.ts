/** The demo office in a real database: quickly there, and read by the product's own readers under their access. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadReport } from '../../src/console/campaign-report.ts'
import { loadRumours } from '../../src/console/rumour-load.ts'
import type { Incoming } from '../../src/core/message.ts'
import { fillCampaigns } from '../../src/demo/campaigns.ts'
import { asStaff } from '../../src/demo/cast.ts'
import { fillFeedback } from '../../src/demo/feedback.ts'
import { type DemoReport, fillDemo } from '../../src/demo/fill.ts'
import { fillReferrals } from '../../src/demo/referrals.ts'
import { fillSafety } from '../../src/demo/safety.ts'
import { listDecisions } from '../../src/store/decision.ts'
import { listFeedback } from '../../src/store/feedback.ts'
import { loadMedia } from '../../src/store/media.ts'
import { countRequests } from '../../src/store/request-count.ts'
import { factsOfRequest } from '../../src/store/request-facts.ts'
import { listRequests } from '../../src/store/request-list.ts'
import { findForSignIn, staffOf, staffSelect } from '../../src/store/staff.ts'
import { threadOfRequest } from '../../src/store/thread.ts'
import { realClock } from '../../src/world.ts'
import { copyDatabase, type TestDatabase } from '../database.ts'
import { listLog } from '../turn/office.ts'
import { conversation, now, shelf, tell } from './story-kit.ts'

let database: TestDatabase
let mediaFolder: string
let report: DemoReport
let seconds: number

beforeAll(async () => {
  database = await copyDatabase()
  mediaFolder = await mkdtemp(join(tmpdir(), 'baro-demo-'))
  const began = process.cpuUsage()
  report = await fillDemo({
    database,
    conversation,
    places: shelf.places,
    now,
    passwordHash: 'a hash',
    mediaFolder,
  })
  const { user, system } = process.cpuUsage(began)
  seconds = (user + system) / 1e6
})

afterAll(async () => {
  await database.drop()
  await rm(mediaFolder, { recursive: true, force: true })
})

const staffBy = async (email: string) => {
  const row = await database.prisma.staff.findUniqueOrThrow({
    where: { email: `${email}@demo.invalid` },
    select: staffSelect,
  })
  return staffOf(row)
}

describe('the filled database', () => {
  test('says what it holds, and took seconds', async () => {
    expect(report).toMatchObject({ people: expect.any(Number), password: expect.stringMatching(/.{12,}/) })
    expect(await database.prisma.message.count()).toBe(report.messages)
    expect(await database.prisma.request.count()).toBe(report.requests)
    expect(await database.prisma.event.count()).toBe(report.events)
    // Of the processor, because the machine may be shared; on a quiet one this is the time it takes.
    expect(seconds).toBeLessThan(15)
  })

  test('lets every account of the report sign in', async () => {
    for (const { email } of report.accounts) {
      expect(await findForSignIn(database.prisma, email)).toMatchObject({ passwordHash: 'a hash' })
    }
  })

  test('shows each role its queues, and the administrator nothing', async () => {
    for (const email of [
      'case_worker',
      'assistant',
      'supervisor',
      'protection',
      'psea',
      'officer',
      'data_protection',
    ]) {
      const staff = await staffBy(email)
      const { lines } = await listRequests(database, staff, 'closed', { now, limit: 20 })
      expect(lines.length, email).toBeGreaterThan(0)
    }
    const admin = await staffBy('admin')
    expect(await countRequests(database, admin, now)).toMatchObject({ queues: 0, overdue: 0, mine: 0 })
    const worker = await staffBy('case_worker')
    const { lines } = await listRequests(database, worker, 'queues', { now, limit: 50 })
    expect(lines.length).toBeGreaterThan(0)
    for (const { request } of lines) expect(request.visibility).not.toBe('sealed')
  })

  test('reads back, decrypted, what the story says', async () => {
    const supervisor = await staffBy('supervisor')
    const { lines } = await listRequests(database, supervisor, 'closed', { now, limit: 60 })
    expect(lines.filter(({ who }) => who !== undefined).length).toBeGreaterThan(30)
    expect(lines.filter(({ first }) => first !== undefined).length).toBeGreaterThan(50)
    for (const { request } of lines.slice(0, 10)) {
      const thread = await threadOfRequest(database, request, { limit: 80 })
      const moments = thread.items.map(({ at }) => at.getTime())
      expect(moments).toEqual([...moments].sort((a, b) => a - b))
      expect(
        thread.items.some((item) => item.type === 'happened' && item.happening.type === 'request_closed'),
      ).toBe(true)
      expect((await factsOfRequest(database, request.id)).cause).not.toBe('')
    }
    const officer = await staffBy('officer')
    const { lines: rumours } = await listFeedback(database, officer, { kind: 'rumour' }, { limit: 20 })
    expect(rumours.filter(({ text }) => /2 ?000/.test(text ?? ''))).toHaveLength(6)
  })

  test('keeps the bytes of files encrypted, for those who may hear them', async () => {
    const row = await database.prisma.media.findFirstOrThrow({
      where: { state: 'stored', kind: 'voice', message: { visibility: 'open', requestId: { not: null } } },
    })
    const supervisor = await staffBy('supervisor')
    const media = await loadMedia(database, supervisor, mediaFolder, row.id)
    expect(media.bytes.subarray(0, 4).toString()).toBe('RIFF')
    expect(media.mime).toBe('audio/wav')
  })
})

describe('the office goes on from there', () => {
  test('a person who writes again is met at their own address and session', async () => {
    const { people, ledger } = tell()
    const person = people.find(({ address }) => ledger.row('address', address.id)?.plain['stopped'] !== 'all')
    if (!person) throw new Error('nobody wrote')
    const { address } = person
    const channel = await database.prisma.channel.findFirstOrThrow({ where: { kind: address.channel } })
    const incoming: Incoming = {
      channel: channel.id,
      from: address.external,
      externalId: 'after the story',
      edit: 0,
      sentAt: now,
      content: { kind: 'text', text: 'bonjour' },
    }
    const [met] = await database.road.arrive([{ id: realClock.id(), at: now, incoming }])
    expect(met?.standing.address.id).toBe(address.id)
    expect(met?.standing.session.state?.v).toBe(1)
    expect(met?.arrived.behind).toBe(false)
    expect(met?.standing.consent.keep_data).toBe('given')
  })

  test('the next reference is one that nobody has', async () => {
    const { rows } = await database.pool.query<{ n: string }>(
      "select nextval('request_reference')::text as n",
    )
    expect(Number(rows[0]?.n)).toBeGreaterThanOrEqual(report.requests)
  })

  test('holders and demo staff are the same people', () => {
    const { cast } = tell()
    expect(cast.staff.map((one) => asStaff(one).email)).toEqual(report.accounts.map(({ email }) => email))
  })
})

describe('its campaigns', () => {
  test('are one that was answered, one that waits for a second person, and one for tomorrow', async () => {
    const began = process.cpuUsage()
    await fillCampaigns({ database, talk: conversation, log: listLog() }, now)
    const { user, system } = process.cpuUsage(began)
    expect((user + system) / 1e6).toBeLessThan(5)
    const campaigns = await database.prisma.campaign.findMany({ orderBy: { createdAt: 'asc' } })
    expect(campaigns.map(({ state }) => state).sort()).toEqual(['finished', 'review', 'scheduled'])
    const [finished] = campaigns
    const report = await loadReport({ database }, finished?.id ?? '')
    expect(Number(report.reached)).toBeGreaterThan(100)
    expect(Number(report.all.answered)).toBeGreaterThan(20)
    const opened = await database.prisma.request.count({ where: { campaignId: { not: null } } })
    expect(opened).toBeGreaterThan(0)
    const later = await database.prisma.message.count({ where: { createdAt: { gt: now } } })
    expect(later).toBe(0)
  })
})

test('some of its people are reached with care', async () => {
  await fillSafety(database, now)
  const { prisma } = database
  expect(await prisma.proxy.count()).toBe(1)
  expect(await prisma.session.count({ where: { codeHash: { not: null } } })).toBe(1)
  expect(await prisma.person.count({ where: { prefers: 'woman' } })).toBe(1)
})

describe('its feedback', () => {
  test('has a rumour put together, decisions with what stands behind them, and the week left to look at', async () => {
    await fillFeedback(database, now)
    const officer = await staffBy('officer')
    const { rumours, suggestions } = await loadRumours(
      { database, clock: { ...realClock, now: () => now } },
      officer,
      7,
    )
    expect(rumours.map(({ told }) => told > 1)).toEqual([true])
    expect(suggestions.map(({ tellers }) => tellers)).toEqual([6])
    const decisions = await listDecisions(database.prisma, officer, { most: 10 })
    expect(decisions.map(({ behind }) => behind > 0)).toEqual([true, true])
  })
})

test('its referrals stand in every state that staff should know, and nothing was sent without a yes', async () => {
  await fillReferrals(database, conversation.locales, now)
  const rows = await database.prisma.referral.findMany()
  const states = new Set(rows.map(({ state }) => state))
  for (const state of ['asked', 'agreed', 'refused', 'sent', 'accepted', 'declined', 'given', 'withdrawn']) {
    expect([state, states.has(state)]).toEqual([state, true])
  }
  expect(rows.filter(({ sentAt, consentId }) => sentAt && !consentId)).toEqual([])
  expect(rows.filter(({ silentAt }) => silentAt)).toHaveLength(1)
})
