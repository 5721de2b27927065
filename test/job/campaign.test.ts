/** A campaign from its draft to its end: who gets it, once each, by day, and what stops it. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Staff } from '../../src/core/staff.ts'
import { Failure } from '../../src/failure.ts'
import { type CampaignJob, type Carrier, sendCampaign } from '../../src/job/campaign.ts'
import { audienceSettings, campaignRound, canaryMilliseconds } from '../../src/job/campaign-round.ts'
import { makePace } from '../../src/job/pace.ts'
import { sendMessages } from '../../src/job/send-messages.ts'
import { countAudience } from '../../src/store/audience.ts'
import { type CampaignContent, loadCampaign } from '../../src/store/campaign.ts'
import { standingOf } from '../../src/store/campaign-standing.ts'
import {
  approveCampaign,
  beginCampaign,
  cancelCampaign,
  correctCampaign,
  pauseCampaign,
  resumeCampaign,
  retryCampaign,
  submitCampaign,
} from '../../src/turn/act-campaign.ts'
import { noFiles } from '../channel/ears.ts'
import { oneDatabase } from '../one-database.ts'
import { conversation, hire, monday, type Office, openOffice } from '../turn/office.ts'
import { gather, type Soul } from './crowd.ts'

const emptyDatabase = oneDatabase()
let office: Office
let [awa, fanta]: Staff[] = []
const never = new AbortController().signal

beforeEach(async () => {
  office = await openOffice(emptyDatabase())
  const here = office
  onTestFinished(() => here.close())
  awa = await hire(office, 'Awa', ['officer'])
  fanta = await hire(office, 'Fanta', ['supervisor'])
})

const who = (staff: Staff | undefined) => {
  if (!staff) throw new Error('nobody was hired')
  return staff
}
const desk = () => ({ ...office.database, clock: office.clock, changed: () => {} })
const by = (staff: Staff | undefined, campaign: string) => {
  return { staff: who(staff), campaign, form: office.clock.id() }
}
const crowd = (souls: readonly Soul[]) => gather(office.database, office.clock, office.channel.id, souls)
const many = (count: number): Soul[] => Array.from({ length: count }, (_, i) => ({ from: `p${i}` }))
const texts = { fr: { text: 'Bonjour {name}, les kits sont au marché.' } }

/** Written, agreed to by another, and waiting for its time. */
async function schedule(content: Partial<CampaignContent> = {}): Promise<string> {
  const id = office.clock.id()
  await beginCampaign(desk(), by(awa, id), { name: 'Kits', texts, ...content })
  await submitCampaign(desk(), by(awa, id))
  await approveCampaign(desk(), by(fanta, id))
  return id
}

function carrier(): Carrier {
  const { outbox, channel, clock, log } = office
  const parts = { outbox, channel, clock, log, open: noFiles, pace: makePace({}) }
  const more = { blocked: async () => {}, again: async () => {} }
  return {
    ...{ channel: channel.id, screen: channel.abilities },
    send: (addresses, signal) => sendMessages({ ...parts, ...more }, addresses, signal),
  }
}

const parts = () => ({
  ...office.database,
  locales: conversation.locales,
  watch: office.watch,
  clock: office.clock,
})
const work = (job: CampaignJob) => sendCampaign(parts(), carrier(), job, never)
const round = (workers = 1, take: (job: CampaignJob) => Promise<void> = work) =>
  campaignRound({
    ...{ ...parts(), log: office.log, formerOf: conversation.formerOf, changed: () => {} },
    carriers: async () => new Map([[office.channel.id, workers]]),
    work: take,
  })
/** As many rounds as it takes while nobody moves the clock. */
async function rounds(): Promise<void> {
  for (let count = 0; count < 6; count++) await round()
}
const state = async (id: string) => (await loadCampaign(office.database.prisma, id)).campaign.state
const got = () => office.channel.sent().map(({ to }) => to)

describe('who gets it', () => {
  test('nobody whom it must not reach, and each reason is told', async () => {
    await crowd([
      { from: 'fr', name: 'Awa Traoré' },
      { from: 'bm', language: 'bm' },
      { from: 'child', minor: true },
      { from: 'stop', stopped: 'campaigns' },
      { from: 'stopped', consent: 'withdrawn' },
      { from: 'refused', consent: 'refused' },
      { from: 'unasked', consent: 'none' },
      { from: 'blocked', state: 'blocked' },
      { from: 'far', far: true },
      { from: 'shared', shared: true },
    ])
    const id = await schedule({ sensitive: true, name: 'Kits' })
    const { campaign } = await loadCampaign(office.database.prisma, id)
    const settings = audienceSettings(conversation, campaign, [office.channel.id], office.clock.now())
    const count = await countAudience(office.database.pool, campaign.audience, settings)
    const leftOut = { minor: 1, opted_out: 2, no_consent: 2, no_address: 2, no_content: 1, shared: 1 }
    expect(count).toEqual({
      ...{ meant: 10, reached: 1, neutral: 0, leftOut, languages: { fr: 1 } },
      ...{ channels: { fake: 1 }, regions: { '': 1 } },
    })
    await rounds()
    expect(await state(id)).toBe('finished')
    expect(office.channel.sent().map(({ to, spoken }) => [to, spoken.text])).toEqual([
      [
        'fr',
        "Bonjour Awa Traoré, les kits sont au marché.\n\nL'aide est gratuite. Personne ne doit vous demander de l'argent.",
      ],
    ])
    const { released } = (await loadCampaign(office.database.prisma, id)).campaign
    expect(released).toEqual({ recipients: 1, neutral: 0, leftOut })
  })

  test('a shared phone hears what anybody may hear, and no name', async () => {
    await crowd([{ from: 'shared', shared: true, name: 'Awa' }])
    const wording = {
      text: 'La visite est lundi, {name}.',
      neutral: 'Bonjour. Écrivez-nous quand vous voulez.',
    }
    await schedule({ sensitive: true, texts: { fr: wording } })
    await rounds()
    expect(office.channel.sent()[0]?.spoken.text).toContain('Bonjour. Écrivez-nous quand vous voulez.')
  })

  test('whoever named the old region belongs where that is asked for', async () => {
    await crowd([
      { from: 'nioro', region: 'ml-nioro' },
      { from: 'kayes', region: 'ml-kayes' },
      { from: 'gao', region: 'ml-gao' },
    ])
    const count = async (former: boolean) => {
      const rules = { regions: ['ml-nioro'], former }
      const settings = audienceSettings(
        conversation,
        { texts, sensitive: false },
        [office.channel.id],
        monday,
      )
      return (await countAudience(office.database.pool, rules, settings)).reached
    }
    expect([await count(false), await count(true)]).toEqual([1, 2])
  })

  test('whoever asks to be left alone before their turn is left out', async () => {
    await crowd([{ from: 'awa' }, { from: 'issa' }])
    const id = await schedule()
    await round()
    expect(await state(id)).toBe('sending')
    await office.database.prisma.address.updateMany({ data: { stopped: 'campaigns' } })
    await rounds()
    expect([got(), await state(id)]).toEqual([[], 'finished'])
    const rows = await office.database.prisma.campaignRecipient.findMany()
    expect(rows.map(({ state: it, reason }) => [it, reason])).toEqual([
      ['left_out', 'opted_out'],
      ['left_out', 'opted_out'],
    ])
  })
})

describe('once each', () => {
  test('whatever workers, rounds and repeats there are', async () => {
    await crowd(many(40))
    const id = await schedule()
    await round()
    const jobs: Promise<void>[] = []
    for (let part = 0; part < 4; part++) {
      jobs.push(round(4, async (job) => void jobs.push(work(job), work(job))))
    }
    await Promise.all(jobs)
    await rounds()
    await Promise.all(jobs)
    expect([got().length, new Set(got()).size]).toEqual([40, 40])
    expect(await standingOf(office.database.pool, id)).toMatchObject({ written: 40, waiting: 0, inAir: 0 })
  })

  test('a pressed button twice is one step, and a stale page changes nothing', async () => {
    await crowd([{ from: 'awa' }])
    const id = office.clock.id()
    const begun = by(awa, id)
    await beginCampaign(desk(), begun, { name: 'Kits', texts })
    await beginCampaign(desk(), begun, { name: 'Kits', texts })
    const submitted = by(awa, id)
    await submitCampaign(desk(), submitted)
    await submitCampaign(desk(), submitted)
    await expect(submitCampaign(desk(), by(awa, id))).rejects.toThrow('campaign:closed')
    await expect(approveCampaign(desk(), by(awa, id))).rejects.toThrow('campaign:own')
    const { done } = await loadCampaign(office.database.prisma, id)
    expect(done.map(({ act }) => act)).toEqual(['created', 'submitted'])
  })
})

describe('it stands still', () => {
  test('when somebody pauses it: what waits is taken back, and only the rest goes out later', async () => {
    await crowd(many(6))
    const id = await schedule()
    await round()
    // Written and not yet sent: somebody presses pause in between.
    await sendCampaign(
      parts(),
      { ...carrier(), send: async () => {} },
      { campaign: id, channel: office.channel.id, part: 0 },
      never,
    )
    await pauseCampaign(desk(), by(fanta, id))
    expect(await standingOf(office.database.pool, id)).toMatchObject({ waiting: 6, inAir: 0, written: 0 })
    await work({ campaign: id, channel: office.channel.id, part: 0 })
    expect(got()).toEqual([])
    await resumeCampaign(desk(), by(fanta, id))
    await rounds()
    expect([new Set(got()).size, got().length, await state(id)]).toEqual([6, 6, 'finished'])
  })

  test('for good when it is cancelled', async () => {
    await crowd(many(3))
    const id = await schedule()
    await round()
    await cancelCampaign(desk(), by(fanta, id))
    await rounds()
    expect([got(), await state(id)]).toEqual([[], 'cancelled'])
    await expect(resumeCampaign(desk(), by(fanta, id))).rejects.toThrow('campaign:closed')
  })

  test('at night, until the morning where each of them is', async () => {
    await crowd([
      { from: 'bamako', phone: '+22376000001' },
      { from: 'paris', phone: '+33612345678' },
    ])
    office.clock.set(new Date('2026-03-02T19:30:00Z'))
    await schedule()
    await rounds()
    expect(got()).toEqual(['bamako'])
    office.clock.set(new Date('2026-03-03T07:30:00Z'))
    await rounds()
    expect(got()).toEqual(['bamako', 'paris'])
  })

  test('until the first few came home well', async () => {
    await crowd(many(60))
    const id = await schedule()
    await rounds()
    expect(got()).toHaveLength(2)
    office.clock.forward(canaryMilliseconds)
    await rounds()
    expect([new Set(got()).size, await state(id)]).toEqual([60, 'finished'])
  })

  test('when too many are not reached; then only those are tried again', async () => {
    await crowd(many(10))
    const id = await schedule()
    office.channel.fail(new Failure('channel:refused'), 4)
    await rounds()
    const { campaign, done } = await loadCampaign(office.database.prisma, id)
    expect([campaign.state, campaign.halt, done.at(-1)?.act]).toEqual(['paused', 'failed', 'halted'])
    const before = got()
    expect(before).toHaveLength(6)
    expect(await retryCampaign(desk(), by(fanta, id))).toBe(4)
    await rounds()
    expect([got().length, new Set(got()).size, await state(id)]).toEqual([10, 10, 'finished'])
  })

  test('after its last moment, and whose turn did not come is counted', async () => {
    await crowd(many(3))
    office.clock.set(new Date('2026-03-02T19:59:00Z'))
    const id = await schedule({ endsAt: new Date('2026-03-02T21:00:00Z') })
    await round()
    office.clock.set(new Date('2026-03-02T21:00:00Z'))
    await rounds()
    expect([got(), await state(id)]).toEqual([[], 'finished'])
    const rows = await office.database.prisma.campaignRecipient.findMany()
    expect(new Set(rows.map(({ reason }) => reason))).toEqual(new Set(['too_late']))
  })
})

test('a repeating one opens a round each time, with the audience of that day', async () => {
  await crowd([{ from: 'awa' }])
  const id = await schedule({ repeat: 'weekly', startsAt: monday })
  await rounds()
  expect([got(), await state(id)]).toEqual([['awa'], 'scheduled'])
  await crowd([{ from: 'issa' }])
  office.clock.forward(7 * 86_400_000)
  await rounds()
  expect(got().toSorted()).toEqual(['awa', 'awa', 'issa'])
})

test('a correction goes to exactly those who got it', async () => {
  await crowd([{ from: 'awa' }, { from: 'issa' }])
  const wrong = await schedule()
  await rounds()
  await crowd([{ from: 'late' }])
  const id = office.clock.id()
  await correctCampaign(desk(), { ...by(awa, id), wrong }, 'Correction')
  const { campaign } = await loadCampaign(office.database.prisma, id)
  expect([campaign.corrects, campaign.audience]).toEqual([wrong, { gotCampaign: wrong }])
  const settings = audienceSettings(conversation, { texts, sensitive: false }, [office.channel.id], monday)
  expect((await countAudience(office.database.pool, campaign.audience, settings)).reached).toBe(2)
})
