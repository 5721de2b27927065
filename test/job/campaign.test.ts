/** A campaign from its draft to its end: who gets it, once each, by day, and what stops it. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { Failure } from '../../src/failure.ts'
import type { CampaignJob } from '../../src/job/campaign.ts'
import { canaryMilliseconds } from '../../src/job/campaign-round.ts'
import { countAudience } from '../../src/store/audience.ts'
import { loadCampaign } from '../../src/store/campaign.ts'
import { progressOf } from '../../src/store/campaign-progress.ts'
import { standingOf } from '../../src/store/campaign-standing.ts'
import { firstWords } from '../../src/store/first-words.ts'
import { keepAudience } from '../../src/store/saved-audience.ts'
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
import { audienceSettings } from '../../src/turn/campaign-audience.ts'
import { oneDatabase } from '../one-database.ts'
import { saysFifteen } from '../store/said-age.ts'
import { conversation, monday, type Office, openOffice } from '../turn/office.ts'
import { type CampaignOffice, campaignsIn, texts } from './campaign-office.ts'
import type { Soul } from './crowd.ts'

const emptyDatabase = oneDatabase()
let office: Office
let it: CampaignOffice

beforeEach(async () => {
  office = await openOffice(emptyDatabase())
  const here = office
  onTestFinished(() => here.close())
  it = await campaignsIn(office)
})

const many = (count: number): Soul[] => Array.from({ length: count }, (_, i) => ({ from: `p${i}` }))

describe('who gets it', () => {
  test('nobody whom it must not reach, and each reason is told', async () => {
    await it.crowd([
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
    const [said = '', confided = ''] = await it.crowd([
      { from: 'said' },
      { from: 'confided', state: 'blocked' },
    ])
    await saysFifteen(office.database, office.clock, said)
    // Nobody may count from an audience what was confided.
    await saysFifteen(office.database, office.clock, confided, 'sealed')
    const id = await it.schedule({ sensitive: true, name: 'Kits' })
    const { campaign } = await loadCampaign(office.database.prisma, id)
    const settings = audienceSettings(conversation, campaign, [office.channel.id], office.clock.now())
    const count = await countAudience(office.database.pool, campaign.audience, settings)
    const leftOut = { minor: 2, opted_out: 2, no_consent: 2, no_address: 3, no_content: 1, shared: 1 }
    expect(count).toEqual({
      ...{ meant: 12, reached: 1, neutral: 0, leftOut, languages: { fr: 1 } },
      ...{ channels: { fake: 1 }, regions: { '': 1 }, untold: { bm: 1 } },
    })
    await it.rounds()
    expect(await it.state(id)).toBe('finished')
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
    await it.crowd([{ from: 'shared', shared: true, name: 'Awa' }])
    const wording = {
      text: 'La visite est lundi, {name}.',
      neutral: 'Bonjour. Écrivez-nous quand vous voulez.',
    }
    await it.schedule({ sensitive: true, texts: { fr: wording } })
    await it.rounds()
    expect(office.channel.sent()[0]?.spoken.text).toContain('Bonjour. Écrivez-nous quand vous voulez.')
  })

  test('whoever named the old region belongs where that is asked for', async () => {
    await it.crowd([
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

  test('a saved audience is read anew when it goes out, and means nobody once it is gone', async () => {
    await it.crowd([
      { from: 'mopti', region: 'mopti' },
      { from: 'gao', region: 'gao' },
    ])
    const { prisma } = office.database
    const saved = { id: office.clock.id(), name: 'Nord', rules: { regions: ['mopti'] } }
    await keepAudience(prisma, saved, { staff: it.awa.id, at: office.clock.now() })
    await it.schedule({ audienceId: saved.id })
    await prisma.audience.update({ where: { id: saved.id }, data: { rules: { regions: ['gao'] } } })
    await it.rounds()
    expect(it.got()).toEqual(['gao'])
    const next = await it.schedule({ audienceId: saved.id })
    await prisma.audience.delete({ where: { id: saved.id } })
    await it.rounds()
    expect([it.got(), await it.state(next)]).toEqual([['gao'], 'finished'])
  })

  test('whoever asks to be left alone before their turn is left out', async () => {
    await it.crowd([{ from: 'awa' }, { from: 'issa' }])
    const id = await it.schedule()
    await it.round()
    expect(await it.state(id)).toBe('sending')
    await office.database.prisma.address.updateMany({ data: { stopped: 'campaigns' } })
    await it.rounds()
    expect([it.got(), await it.state(id)]).toEqual([[], 'finished'])
    const rows = await office.database.prisma.campaignRecipient.findMany()
    expect(rows.map(({ state, reason }) => [state, reason])).toEqual([
      ['left_out', 'opted_out'],
      ['left_out', 'opted_out'],
    ])
  })
})

describe('once each', () => {
  test('whatever workers, rounds and repeats there are', async () => {
    await it.crowd(many(40))
    const id = await it.schedule()
    await it.round()
    const jobs: Promise<void>[] = []
    for (let part = 0; part < 4; part++) {
      jobs.push(it.round(4, async (job) => void jobs.push(it.work(job), it.work(job))))
    }
    await Promise.all(jobs)
    await it.rounds()
    await Promise.all(jobs)
    expect([it.got().length, new Set(it.got()).size]).toEqual([40, 40])
    expect(await standingOf(office.database.pool, id)).toMatchObject({ written: 40, waiting: 0, inAir: 0 })
  })

  test('a pressed button twice is one step, and a stale page changes nothing', async () => {
    await it.crowd([{ from: 'awa' }])
    const id = office.clock.id()
    const begun = it.by(it.awa, id)
    await beginCampaign(it.desk, begun, { name: 'Kits', texts })
    await beginCampaign(it.desk, begun, { name: 'Kits', texts })
    const submitted = it.by(it.awa, id)
    await submitCampaign(it.desk, submitted)
    await submitCampaign(it.desk, submitted)
    await expect(submitCampaign(it.desk, it.by(it.awa, id))).rejects.toThrow('campaign:closed')
    await expect(approveCampaign(it.desk, it.by(it.awa, id))).rejects.toThrow('campaign:own')
    const { done } = await loadCampaign(office.database.prisma, id)
    expect(done.map(({ act }) => act)).toEqual(['created', 'submitted'])
  })
})

describe('it stands still', () => {
  test('when somebody pauses it: what waits is taken back, and only the rest goes out later', async () => {
    await it.crowd(many(6))
    const id = await it.schedule()
    await it.round()
    // Written and not yet sent: somebody presses pause in between.
    await it.work(
      { campaign: id, channel: office.channel.id, part: 0 },
      { ...it.carrier(), send: async () => {} },
    )
    await pauseCampaign(it.desk, it.by(it.fanta, id))
    expect(await standingOf(office.database.pool, id)).toMatchObject({ waiting: 6, inAir: 0, written: 0 })
    await it.work({ campaign: id, channel: office.channel.id, part: 0 })
    expect(it.got()).toEqual([])
    await resumeCampaign(it.desk, it.by(it.fanta, id))
    await it.rounds()
    expect([new Set(it.got()).size, it.got().length, await it.state(id)]).toEqual([6, 6, 'finished'])
  })

  test('for good when it is cancelled', async () => {
    await it.crowd(many(3))
    const id = await it.schedule()
    await it.round()
    await cancelCampaign(it.desk, it.by(it.fanta, id))
    await it.rounds()
    expect([it.got(), await it.state(id)]).toEqual([[], 'cancelled'])
    await expect(resumeCampaign(it.desk, it.by(it.fanta, id))).rejects.toThrow('campaign:closed')
  })

  test('at night, until the morning where each of them is', async () => {
    await it.crowd([
      { from: 'bamako', phone: '+22376000001' },
      { from: 'paris', phone: '+33612345678' },
    ])
    office.clock.set(new Date('2026-03-02T19:30:00Z'))
    await it.schedule()
    await it.rounds()
    expect(it.got()).toEqual(['bamako'])
    office.clock.set(new Date('2026-03-03T07:30:00Z'))
    await it.rounds()
    expect(it.got()).toEqual(['bamako', 'paris'])
  })

  test('until the first few came home well', async () => {
    await it.crowd(many(60))
    const id = await it.schedule()
    await it.rounds()
    expect(it.got()).toHaveLength(2)
    office.clock.forward(canaryMilliseconds)
    await it.rounds()
    expect([new Set(it.got()).size, await it.state(id)]).toEqual([60, 'finished'])
  })

  test('when too many are not reached; then only those are tried again', async () => {
    await it.crowd(many(10))
    const id = await it.schedule()
    office.channel.fail(new Failure('channel:refused'), 4)
    await it.rounds()
    const { campaign, done } = await loadCampaign(office.database.prisma, id)
    expect([campaign.state, campaign.halt, done.at(-1)?.act]).toEqual(['paused', 'failed', 'halted'])
    const before = it.got()
    expect(before).toHaveLength(6)
    expect(await retryCampaign(it.desk, it.by(it.fanta, id))).toBe(4)
    await it.rounds()
    expect([it.got().length, new Set(it.got()).size, await it.state(id)]).toEqual([10, 10, 'finished'])
  })

  test('after its last moment, and whose turn did not come is counted', async () => {
    await it.crowd(many(3))
    office.clock.set(new Date('2026-03-02T19:59:00Z'))
    const id = await it.schedule({ endsAt: new Date('2026-03-02T21:00:00Z') })
    await it.round()
    office.clock.set(new Date('2026-03-02T21:00:00Z'))
    await it.rounds()
    expect([it.got(), await it.state(id)]).toEqual([[], 'finished'])
    const rows = await office.database.prisma.campaignRecipient.findMany()
    expect(new Set(rows.map(({ reason }) => reason))).toEqual(new Set(['too_late']))
  })
})

test('a repeating one opens a round each time, with the audience of that day', async () => {
  await it.crowd([{ from: 'awa' }])
  const id = await it.schedule({ repeat: 'weekly', startsAt: monday })
  await it.rounds()
  expect([it.got(), await it.state(id)]).toEqual([['awa'], 'scheduled'])
  await it.crowd([{ from: 'issa' }])
  office.clock.forward(7 * 86_400_000)
  await it.rounds()
  expect(it.got().toSorted()).toEqual(['awa', 'awa', 'issa'])
})

test('a correction goes to exactly those who got it', async () => {
  await it.crowd([{ from: 'awa' }, { from: 'issa' }])
  const wrong = await it.schedule()
  await it.rounds()
  await it.crowd([{ from: 'late' }])
  const id = office.clock.id()
  await correctCampaign(it.desk, { ...it.by(it.awa, id), wrong }, 'Correction')
  const { campaign } = await loadCampaign(office.database.prisma, id)
  expect([campaign.corrects, campaign.audience]).toEqual([wrong, { gotCampaign: wrong }])
  const settings = audienceSettings(conversation, { texts, sensitive: false }, [office.channel.id], monday)
  expect((await countAudience(office.database.pool, campaign.audience, settings)).reached).toBe(2)
})

test('whoever has not written for a day is left out where the provider takes nothing else, and told before', async () => {
  await it.crowd([{ from: 'awa' }, { from: 'issa' }])
  await office.database.pool.query(
    'update address set last_heard_at = $1 where id = (select min(id::text)::uuid from address)',
    [new Date(office.clock.now().getTime() - 25 * 3_600_000)],
  )
  const channels = [office.channel.id]
  const closed = { channels, before: new Date(office.clock.now().getTime() - 86_400_000), told: [] }
  const count = async (more: object) => {
    const settings = audienceSettings(
      conversation,
      { texts, sensitive: false },
      channels,
      office.clock.now(),
      {
        ...{ ...closed, ...more },
      },
    )
    const { reached, leftOut } = await countAudience(office.database.pool, {}, settings)
    return [reached, leftOut]
  }
  expect(await count({})).toEqual([1, { window_closed: 1 }])
  expect(await count({ told: [`${office.channel.id}|fr`] })).toEqual([2, {}])
  const id = await it.schedule()
  const work = (job: CampaignJob) => it.work(job, { ...it.carrier(), answerWindow: 24 })
  for (let round = 0; round < 6; round++) await it.round(1, work)
  expect(it.got()).toHaveLength(1)
  const left = await office.database.prisma.campaignRecipient.findMany({
    where: { campaignId: id, state: 'left_out' },
  })
  expect(left.map(({ reason }) => reason)).toEqual(['window_closed'])
})

test('no more are written to first in a day than the business may, on all its numbers; the rest follows', async () => {
  const { prisma, pool } = office.database
  const settings = { business: 'b1', limit: 'TIER_50' }
  await prisma.channel.update({ where: { id: office.channel.id }, data: { settings } })
  const approved = { business: 'b1', name: 'kits', language: 'fr', speaks: 'fr', category: 'UTILITY' }
  const wording = {
    state: 'approved',
    body: 'Les kits sont là.',
    use: 'campaign',
    updatedAt: office.clock.now(),
  }
  await prisma.template.create({ data: { id: office.clock.id(), ...approved, ...wording } })
  await it.crowd(many(60))
  // Ten of them wrote today: to those it is an answer.
  const silent = new Date(office.clock.now().getTime() - 48 * 3_600_000)
  await pool.query('update address set last_heard_at = $1', [silent])
  await pool.query(
    'update address set last_heard_at = $1 where id in (select id from address order by id limit 10)',
    [office.clock.now()],
  )
  const id = await it.schedule({ texts: { fr: { text: 'Bonjour', template: 'kits' } } })
  const work = (job: CampaignJob) => it.work(job, { ...it.carrier(), answerWindow: 24 })
  const rounds = async () => {
    for (let round = 0; round < 6; round++) await it.round(1, work)
  }
  await rounds()
  office.clock.forward(canaryMilliseconds + 1)
  await rounds()
  const firsts = () => office.channel.sent().filter(({ spoken }) => spoken.template).length
  expect(firsts()).toBe(45)
  expect(it.got()).toHaveLength(55)
  expect((await firstWords(pool, office.channel.id, office.clock.now()))?.left).toBe(0)
  expect(await it.state(id)).toBe('sending')
  // Neither night nor a feast: the page says what it is.
  expect(await progressOf(pool, id, office.clock.now())).toMatchObject({ waiting: 5, later: 0, limited: 5 })
  office.clock.forward(25 * 3_600_000)
  await rounds()
  expect([firsts(), it.got().length, await it.state(id)]).toEqual([50, 60, 'finished'])
})
