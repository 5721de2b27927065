/** The desk in chat, from the code in the console to an answer that reaches the person, through Telegram's stand-in. */
import { describe, expect, test } from 'vitest'
import { outcomes } from '../../src/core/request.ts'
import { makeAlertTell } from '../../src/desk/alert-tell.ts'
import { noticesOf } from '../../src/store/alert.ts'
import { dismissStaff } from '../../src/store/seat.ts'
import { closeOtherSignIns } from '../../src/store/sign-in.ts'
import { makeChatCode } from '../../src/store/staff-chat.ts'
import { answerRequest, takeRequest } from '../../src/turn/act.ts'
import { tryCampaign } from '../../src/turn/campaign-trial.ts'
import { oneDatabase } from '../one-database.ts'
import { conversation, hire } from '../turn/office.ts'
import { linked, minute, openDesk, request, sees, until } from './kit.ts'

const database = oneDatabase()
const open = () => openDesk(database())
const day = 24 * 60 * minute

describe('a chat', () => {
  test('of a stranger is asked for a code, which serves once and within ten minutes', async () => {
    const desk = await open()
    const { office, telegram } = desk
    const staff = await hire(office, 'Mariam', ['case_worker'])
    const [mine, theirs] = [telegram.chats.person(1, 'M'), telegram.chats.person(2, 'X')]
    expect((await sees(theirs, () => theirs.says('/queue')))[0]).toContain('réservé au personnel')
    expect((await sees(theirs, () => theirs.says('AAAA-BBBB')))[0]).toContain('pas ou plus valable')
    const old = await makeChatCode(office.database, staff.id, office.clock)
    office.clock.forward(11 * minute)
    expect((await sees(mine, () => mine.says(old)))[0]).toContain('pas ou plus valable')
    const code = await makeChatCode(office.database, staff.id, office.clock)
    expect((await sees(mine, () => mine.says(`/start ${code.replace('-', '')}`)))[0]).toContain(
      'Bienvenue, Mariam',
    )
    expect((await sees(theirs, () => theirs.says(code)))[0]).toContain('pas ou plus valable')
  })

  test('of a stranger who tries too often is not answered any more, not even with the right code', async () => {
    const desk = await open()
    const { office, telegram } = desk
    const staff = await hire(office, 'Mariam', ['case_worker'])
    const guesser = telegram.chats.person(3, 'G')
    for (let n = 0; n < 6; n++) await sees(guesser, () => guesser.says(`AAAABBB${n + 2}`))
    guesser.says(await makeChatCode(office.database, staff.id, office.clock))
    await until(() => telegram.unconfirmed === 0)
    expect(guesser.seen).toHaveLength(6)
    expect(await office.database.prisma.staffChat.count()).toBe(0)
  })

  test('ends with the account, after thirty days, and is told a day before', async () => {
    const desk = await open()
    const { office, bot } = desk
    const { phone } = await linked(desk, 'Mariam', ['case_worker'])
    const { staff, phone: other } = await linked(desk, 'Moussa', ['case_worker'])
    office.clock.forward(29 * day + minute)
    expect((await sees(phone, () => bot.round()))[0]).toContain("s'arrête dans un jour")
    await bot.round()
    expect(phone.seen).toHaveLength(2)
    await dismissStaff(office.database.prisma, staff.id, office)
    expect((await sees(other, () => other.says('/mine')))[0]).toContain('réservé')
    office.clock.forward(day)
    expect((await sees(phone, () => phone.says('/mine')))[0]).toContain('réservé')
    await bot.round()
    expect(await office.database.prisma.staffChat.count({ where: { endedAt: null } })).toBe(0)
  })

  test('ends when its owner signs out everywhere, and what stood in it is taken away at once', async () => {
    const desk = await open()
    const { office, bot } = desk
    const { phone, staff } = await linked(desk, 'Mariam', ['case_worker'])
    const it = await request(desk, 'awa', 'un toit')
    phone.says(`/read ${it.reference}`)
    await until(() => phone.seen.at(-1)?.text.includes('un toit') === true)
    await closeOtherSignIns(office.database, staff.id, Buffer.alloc(17))
    await bot.round()
    expect(phone.seen.map(({ text }) => text).join()).not.toContain('un toit')
    expect((await sees(phone, () => phone.says('/mine')))[0]).toContain('réservé')
    expect(await office.database.prisma.subjectKey.findMany({ where: { subject: 'staff' } })).toMatchObject([
      { wrapped: null },
    ])
  })

  test('with many is left without a word', async () => {
    const { telegram } = await open()
    const chat = { id: -500, type: 'group' }
    telegram.deliver({ message: { message_id: 1, chat, from: { id: 7, is_bot: false }, text: '/queue' } })
    await until(() => telegram.calls.some(({ method }) => method === 'leaveChat'))
    expect(telegram.calls.some(({ method }) => method === 'sendMessage')).toBe(false)
  })
})

describe('staff on the road', () => {
  test('are told of a request without anything personal, take it, read it and answer it', async () => {
    const desk = await open()
    const { office, telegram, bot } = desk
    const { staff, phone } = await linked(desk, 'Mariam', ['case_worker'])
    await bot.round()
    const it = await request(desk, 'awa', 'Je cherche un <b>toit</b> pour Aminata')
    office.clock.forward(3_000)
    const [notice = ''] = await sees(phone, () => bot.round())
    expect(notice).toContain(
      `${it.reference.slice(0, 3)}-${it.reference.slice(3, 5)}-${it.reference.slice(5)}`,
    )
    expect(notice).not.toMatch(/toit|Aminata|awa/i)
    await bot.round()
    expect(phone.seen).toHaveLength(2)
    expect((await sees(phone, () => phone.presses('Prendre')))[0]).toContain('Vous avez pris')
    const { prisma } = office.database
    expect((await prisma.request.findUniqueOrThrow({ where: { id: it.id } })).ownerId).toBe(staff.id)

    await sees(phone, () => phone.says(`/read_${it.reference}`))
    await until(() => phone.seen.at(-1)?.text.includes('<b>toit</b> pour Aminata') === true)
    const read = phone.seen.at(-1)
    expect(await prisma.accessLog.findMany()).toMatchObject([
      { staffId: staff.id, what: 'request', subjectId: it.id },
    ])

    const own = phone.says('Venez demain à 9 h.', { quotes: read?.id ?? 0 })
    await until(() => phone.seen.at(-1)?.text.includes('À envoyer') === true)
    expect(office.channel.sent('awa').map(({ spoken }) => spoken.text)).not.toContain('Venez demain à 9 h.')
    const confirm = phone.seen.at(-1)
    const data = confirm?.buttons[0]?.callback_data ?? ''
    // A nervous second press.
    phone.pressesData(confirm?.id ?? 0, data)
    phone.pressesData(confirm?.id ?? 0, data)
    await until(() => phone.seen.at(-1)?.text.includes('est partie') === true)
    await until(() => telegram.unconfirmed === 0)
    await office.settled()
    const sent = office.channel.sent('awa').filter(({ spoken }) => spoken.text === 'Venez demain à 9 h.')
    expect(sent).toHaveLength(1)

    // Words do not stay: the answer at once, what was read after ten minutes.
    await bot.round()
    const deleted = () =>
      telegram.calls
        .filter(({ method }) => method === 'deleteMessage')
        .map(({ params }) => params['message_id'])
    expect(deleted()).toEqual([own])
    office.clock.forward(10 * minute)
    await bot.round()
    expect(deleted()).toEqual(expect.arrayContaining([read?.id]))
    expect(phone.seen.map(({ text }) => text).join()).not.toMatch(/toit|9 h/)
    expect(await prisma.staffChatMessage.count({ where: { bodyEnc: { not: null } } })).toBe(0)
    expect(JSON.stringify(office.log.lines)).not.toMatch(/toit|Aminata|9 h/)
  })

  test('close with an outcome, once', async () => {
    const desk = await open()
    const { office, telegram } = desk
    const { phone, staff } = await linked(desk, 'Mariam', ['case_worker'])
    const it = await request(desk, 'awa', 'bonjour', { owner: staff.id })
    await sees(phone, () => phone.says(`/close ${it.reference}`))
    const { id = 0, buttons = [] } = phone.seen.at(-1) ?? {}
    const answered = buttons.find(({ text }) => text === 'Répondu') ?? buttons[0]
    phone.pressesData(id, answered?.callback_data ?? '')
    phone.pressesData(id, answered?.callback_data ?? '')
    await until(() => phone.seen.at(-1)?.text.includes('est close') === true)
    await until(() => telegram.unconfirmed === 0)
    const { prisma } = office.database
    expect((await prisma.request.findUniqueOrThrow({ where: { id: it.id } })).outcome).toBe('answered')
    expect(await prisma.event.count({ where: { type: 'request_closed' } })).toBe(1)
  })

  test('do not close a need without what came of it', async () => {
    const desk = await open()
    const { office } = desk
    const { phone, staff } = await linked(desk, 'Mariam', ['case_worker'])
    const it = await request(desk, 'awa', 'bonjour', { owner: staff.id, kind: 'request.need' })
    await sees(phone, () => phone.says(`/close ${it.reference}`))
    const { id = 0, buttons = [] } = phone.seen.at(-1) ?? {}
    expect(buttons.map(({ text }) => text)).not.toContain('Répondu')
    const forged = (buttons[0]?.callback_data ?? '').replace(/\d+$/, String(outcomes.indexOf('answered')))
    await sees(phone, () => phone.pressesData(id, forged))
    const { prisma } = office.database
    const state = async () => (await prisma.request.findUniqueOrThrow({ where: { id: it.id } })).state
    expect(await state()).not.toBe('closed')
    phone.pressesData(id, buttons[0]?.callback_data ?? '')
    await until(async () => (await state()) === 'closed')
  })

  test.each(['a colleague', 'they themselves in the console'])(
    'do not answer unknowingly when %s did',
    async (who) => {
      const desk = await open()
      const { office } = desk
      const { phone, staff: own } = await linked(desk, 'Mariam', ['case_worker'])
      const staff = who === 'a colleague' ? await hire(office, 'Moussa', ['case_worker']) : own
      const it = await request(desk, 'awa', 'bonjour')
      phone.says(`/answer ${it.reference} Passez lundi.`)
      await until(() => phone.seen.at(-1)?.text.includes('À envoyer') === true)
      const act = { staff, request: it.id, form: office.clock.id() }
      await answerRequest(office.desk, act, { text: 'Passez mardi.' })
      const [told = ''] = await sees(phone, () => phone.presses('Envoyer'))
      expect(told).toMatch(/collègue|entre-temps/)
      await office.settled()
      const said = office.channel.sent('awa').map(({ spoken }) => spoken.text)
      expect(said).toContain('Passez mardi.')
      expect(said).not.toContain('Passez lundi.')
    },
  )

  test('give up an answer, and its words are gone', async () => {
    const desk = await open()
    const { office, bot } = desk
    const { phone, staff } = await linked(desk, 'Mariam', ['case_worker'])
    const it = await request(desk, 'awa', 'bonjour', { owner: staff.id })
    phone.says(`/answer ${it.reference} Passez lundi.`)
    await until(() => phone.seen.at(-1)?.text.includes('À envoyer') === true)
    phone.presses('Ne pas envoyer')
    await until(() => phone.seen.at(-1)?.text.includes("Rien n'a été envoyé") === true)
    await bot.round()
    expect(phone.seen.map(({ text }) => text).join()).not.toContain('lundi')
    expect(await office.database.prisma.staffChatMessage.count({ where: { bodyEnc: { not: null } } })).toBe(0)
  })

  test('say that they are away and that they are back', async () => {
    const desk = await open()
    const { office } = desk
    const { phone, staff } = await linked(desk, 'Mariam', ['case_worker'])
    await sees(phone, () => phone.says('/off'))
    expect((await sees(phone, () => phone.presses('Jusqu')))[0]).toContain('vous êtes absent')
    const { prisma } = office.database
    expect(await prisma.absence.findMany()).toMatchObject([
      { staffId: staff.id, byId: staff.id, until: new Date('2026-03-03T07:00:00Z') },
    ])
    expect((await sees(phone, () => phone.says('/back')))[0]).toContain('Bon retour')
    expect((await sees(phone, () => phone.says('/back')))[0]).toContain("n'étiez pas absent")
    expect((await sees(phone, () => phone.says('/off 15/03')))[0]).toContain('15')
    expect((await sees(phone, () => phone.says('/off hier')))[0]).not.toContain('vous êtes absent')
  })
})

describe('what is not for a chat', () => {
  test.each([
    ['a restricted request', { kind: 'complaint.fraud' }],
    ['a sealed request', { kind: 'protection.gbv' }],
    ['somebody on a shared phone', { shared: true }],
  ] as const)('%s is told of nowhere, found by nothing and counted in nothing', async (_, more) => {
    const desk = await open()
    const { office, bot } = desk
    const { phone, staff } = await linked(desk, 'Mariam', ['case_worker', 'officer', 'protection'])
    await bot.round()
    const it = await request(desk, 'awa', 'un secret', { ...more, owner: staff.id })
    await office.database.prisma.requestHolder.create({
      data: { requestId: it.id, staffId: staff.id, since: office.clock.now() },
    })
    office.clock.forward(3_000)
    await bot.round()
    expect(phone.seen).toHaveLength(1)
    expect(await sees(phone, () => phone.says('/mine'))).toEqual(["Vous n'avez aucune demande en cours."])
    const absent = await sees(phone, () => phone.says('/read 000-00-000'))
    for (const command of ['read', 'take', 'close', 'answer']) {
      expect(await sees(phone, () => phone.says(`/${command} ${it.reference} x`))).toEqual(absent)
    }
    expect(await office.database.prisma.accessLog.count()).toBe(0)
    phone.pressesData(1, `t:${it.id}`)
    await until(() => phone.seen.length === 7)
    expect(phone.seen.at(-1)?.text).toEqual(absent[0])
  })

  test('a request that became hidden after its answer was shown back', async () => {
    const desk = await open()
    const { office } = desk
    const { phone, staff } = await linked(desk, 'Mariam', ['protection', 'case_worker'])
    const it = await request(desk, 'awa', 'bonjour', { owner: staff.id })
    phone.says(`/answer ${it.reference} Passez lundi.`)
    await until(() => phone.seen.at(-1)?.text.includes('À envoyer') === true)
    await office.database.prisma.request.update({ where: { id: it.id }, data: { visibility: 'restricted' } })
    await sees(phone, () => phone.presses('Envoyer'))
    await office.settled()
    expect(office.channel.sent('awa').map(({ spoken }) => spoken.text)).not.toContain('Passez lundi.')
  })

  test('somebody else’s buttons', async () => {
    const desk = await open()
    const { office, telegram } = desk
    const { phone, staff } = await linked(desk, 'Mariam', ['case_worker'])
    const { phone: other } = await linked(desk, 'Moussa', ['case_worker'])
    const it = await request(desk, 'awa', 'bonjour', { owner: staff.id })
    phone.says(`/answer ${it.reference} Passez lundi.`)
    await until(() => phone.seen.at(-1)?.text.includes('À envoyer') === true)
    other.pressesData(1, phone.seen.at(-1)?.buttons[0]?.callback_data ?? '')
    await until(() => telegram.unconfirmed === 0)
    await office.settled()
    expect(office.channel.sent('awa').map(({ spoken }) => spoken.text)).not.toContain('Passez lundi.')
  })
})

describe('the night', () => {
  test('is quiet, except for danger', async () => {
    const desk = await open()
    const { office, bot } = desk
    office.clock.set(new Date('2026-03-02T21:00:00Z'))
    const { phone } = await linked(desk, 'Mariam', ['case_worker'])
    await bot.round()
    const it = await request(desk, 'awa', 'bonjour')
    office.clock.forward(3_000)
    await bot.round()
    expect(phone.seen).toHaveLength(1)
    const grave = await request(desk, 'issa', 'au secours', { priority: 0 })
    office.clock.forward(3_000)
    expect((await sees(phone, () => bot.round()))[0]).toContain(grave.reference)
    office.clock.set(new Date('2026-03-03T07:00:01Z'))
    expect((await sees(phone, () => bot.round()))[0]).toContain(it.reference)
  })

  test('and a colleague who was quicker makes a notice needless', async () => {
    const desk = await open()
    const { office, bot } = desk
    office.clock.set(new Date('2026-03-02T21:00:00Z'))
    const { phone } = await linked(desk, 'Mariam', ['case_worker'])
    const colleague = await hire(office, 'Moussa', ['case_worker'])
    await bot.round()
    const it = await request(desk, 'awa', 'bonjour')
    office.clock.forward(3_000)
    await bot.round()
    await takeRequest(office.desk, { staff: colleague, request: it.id, form: office.clock.id() })
    office.clock.set(new Date('2026-03-03T07:00:01Z'))
    await bot.round()
    expect(phone.seen).toHaveLength(1)
  })
})

test('an alert is told without a word of what it is about, and pressing it is seeing it', async () => {
  const desk = await open()
  const { office, bot } = desk
  const { phone, staff } = await linked(desk, 'Mariam', ['protection'])
  const it = await request(desk, 'awa', 'un secret', { kind: 'protection.gbv' })
  const { prisma } = office.database
  const id = office.clock.id()
  const at = office.clock.now()
  await prisma.alert.create({
    data: { id, cause: 'danger', line: 'protection', requestId: it.id, level: 1, createdAt: at },
  })
  await prisma.alertNotice.createMany({
    data: noticesOf(office.clock, { alert: id, to: [staff.id], level: 1 }),
  })
  const tell = makeAlertTell({ ...office.database, clock: office.clock })
  const stranger = await hire(office, 'Moussa', ['protection'])
  expect(await tell(stranger, id)).toBe(false)
  expect(await tell(staff, id)).toBe(true)
  const [told = ''] = await sees(phone, () => bot.round())
  expect(told).toBe('Baro : une alerte attend. Ouvrez la console : https://baro.example.org/console')
  phone.presses("J'ai vu")
  await until(
    async () => (await prisma.alert.findUniqueOrThrow({ where: { id } })).acknowledgedId === staff.id,
  )
})

test('whoever writes a campaign tries it in their own chat, and its words stay nowhere', async () => {
  const desk = await openDesk(database())
  const { office, bot } = desk
  const { phone, staff } = await linked(desk, 'Claire', ['officer'])
  const parts = { ...office.database, clock: office.clock, locales: conversation.locales }
  const campaign = {
    ...{ id: office.clock.id(), sensitive: false },
    texts: { fr: { text: 'Bonjour {name}, venez-vous au marché ?' } },
    question: { choices: [{ value: 'c1', texts: { fr: 'Oui' } }] },
  }
  expect(await tryCampaign(parts, staff, campaign, 'bm')).toBe(false)
  expect(await tryCampaign(parts, staff, campaign, 'fr')).toBe(true)
  const [told] = await sees(phone, () => bot.round())
  expect(told).toContain('Bonjour Claire, venez-vous au marché ?')
  expect(told).toContain("L'aide est gratuite")
  expect(told).toContain('1 Oui')
  const rows = await office.database.prisma.staffChatMessage.findMany({ where: { purpose: 'trial' } })
  expect(rows.map(({ state, bodyEnc }) => [state, bodyEnc])).toEqual([['sent', null]])
})

test('by its hook the bot hears whoever knows the secret, and nobody else', async () => {
  const { bot, telegram } = await openDesk(database(), { secret: 'the secret' })
  const [hook] = bot.hooks
  const phone = telegram.chats.person(44, 'M')
  phone.began = true
  const update = {
    update_id: 1,
    message: { message_id: 1, chat: { id: 44, type: 'private' }, from: { id: 44, is_bot: false }, text: 'x' },
  }
  const knock = (secret: string, body: string) =>
    hook?.handle({
      headers: { 'x-telegram-bot-api-secret-token': secret },
      query: {},
      body: Buffer.from(body),
    })
  expect(await knock('wrong', JSON.stringify(update))).toEqual({ status: 401 })
  expect(await knock('the secret', 'no json')).toEqual({ status: 400 })
  expect(phone.seen).toEqual([])
  expect(await knock('the secret', JSON.stringify(update))).toEqual({ status: 200 })
  expect(phone.seen).toHaveLength(1)
})
