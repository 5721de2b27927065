/** Letters to staff, through a real mail server: that something waits, and nothing more. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { makeAlertMail } from '../../src/job/alert-mail.ts'
import { makeMail } from '../../src/job/mail.ts'
import { readShelf } from '../../src/shelf.ts'
import { makeLocales } from '../../src/text/locale.ts'

const locales = makeLocales(readShelf().locales)

/** A mail server that keeps what it takes; an address that begins with `nobody` it refuses for good. */
async function mailServer() {
  const taken: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      done(
        address.startsWith('nobody') ? Object.assign(new Error('no such box'), { responseCode: 550 }) : null,
      )
    },
    onData(stream, _session, done) {
      let text = ''
      stream.setEncoding('utf8')
      stream.on('data', (piece: string) => {
        text += piece
      })
      stream.on('end', () => {
        taken.push(text)
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { url: `smtp://127.0.0.1:${port}`, taken }
}

function mailTo(url: string) {
  const mail = makeMail(url, 'Baro <baro@bureau.invalid>')
  onTestFinished(() => mail.close())
  return mail
}

describe('the letter of an alert', () => {
  test.each([
    ['fr', 'Une alerte vous attend', 'une alerte attend'],
    ['en', 'An alert is waiting for you', 'an alert is waiting'],
  ] as const)('says in %s that one waits, and where', async (language, told, subject) => {
    const { url, taken } = await mailServer()
    const tell = makeAlertMail(mailTo(url), locales, 'https://baro.example.org/console')
    expect(await tell({ id: 'x', email: 'awa@bureau.invalid', language }, 'an alert')).toBe(true)
    const [letter = ''] = taken
    expect(letter).toContain('To: awa@bureau.invalid')
    expect(letter).toContain('From: Baro <baro@bureau.invalid>')
    expect(letter).toContain('https://baro.example.org/console')
    const plain = letter.replace(/=\r?\n/g, '')
    expect(plain).toContain(told)
    expect(/^Subject: (.*)$/m.exec(plain)?.[1]).toContain(`Baro${language === 'fr' ? ' ' : ''}: ${subject}`)
  })

  test('that is refused for good says so, without the address in it', async () => {
    const { url } = await mailServer()
    const letter = { to: 'nobody@bureau.invalid', subject: 's', text: 't' }
    const refused = mailTo(url).send(letter)
    await expect(refused).rejects.toMatchObject({ code: 'mail:refused', facts: { status: 550 } })
    await expect(refused).rejects.not.toThrow('bureau.invalid')
  })

  test('that finds no server may be tried again', async () => {
    const letter = { to: 'awa@bureau.invalid', subject: 's', text: 't' }
    await expect(mailTo('smtp://127.0.0.1:1').send(letter)).rejects.toMatchObject({
      code: 'mail:unreachable',
    })
  })
})
