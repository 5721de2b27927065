/**
 * `npm run stand-in:whatsapp`: WhatsApp's page, played on this machine, to try pairing by hand. Prints the switches that lead
 * a browser here and nowhere else; then commands from the keyboard play the phone.
 */
import { execFileSync } from 'node:child_process'
import { createHash, randomUUID, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { oggVoice } from '../benches.ts'
import { pageFile, StandIn } from './stand-in.ts'

const usage = 'scan · say TEXT · voice · type TEXT · call · logout · renew · quit'
const awa = '22370000001@c.us'
const standIn = new StandIn()
const { key, cert } = certificate()
const server = createServer({ key, cert }, (request, response) => {
  answer(request, response).catch(() => response.writeHead(500).end())
})

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  const pin = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' })
  const spki = createHash('sha256').update(pin).digest('base64')
  const rules = `MAP web.whatsapp.com:443 127.0.0.1:${port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`
  tell('Start the product beside it with')
  tell(
    `WHATSAPP_WEB=on CHROME_ARGS='--host-resolver-rules=${rules} --ignore-certificate-errors-spki-list=${spki}'`,
  )
  tell(`Then: ${usage}`)
})

createInterface({ input: process.stdin }).on('line', (line) => {
  const [word = '', ...rest] = line.trim().split(' ')
  void play(word, rest.join(' '))
})

async function play(word: string, text: string): Promise<void> {
  const voice = { type: 'ptt', bytes: oggVoice, mimetype: 'audio/ogg; codecs=opus' }
  const acts: Readonly<Record<string, () => Promise<unknown>>> = {
    scan: () => standIn.scan(),
    say: () => standIn.says(awa, { text, name: 'Awa' }),
    voice: () => standIn.says(awa, { file: voice, name: 'Awa', attributes: { duration: '4' } }),
    type: () => standIn.types(awa, { text }),
    call: () => standIn.tell({ t: 'call', id: randomUUID(), from: awa }),
    logout: () => {
      standIn.paired = false
      return standIn.tell({ t: 'logout' })
    },
    renew: () => standIn.renew(),
    quit: async () => process.exit(0),
  }
  await (acts[word] ?? (async () => tell(usage)))()
}

/** The files of the page, the line to it, and what it tells. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'https://web.whatsapp.com').pathname
  if (path === '/standin/line') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n')
    const line = async (commands: unknown) => void response.write(`data: ${JSON.stringify(commands)}\n\n`)
    standIn.attach(line)
    response.on('close', () => standIn.detach(line))
    return
  }
  if (path === '/standin/tell') {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const told = JSON.parse(body)
    if (told.t === 'sent') tell(`  to ${told.chat}: ${told.body ?? told.type}`)
    await standIn.hear(told)
    response.end()
    return
  }
  const file = pageFile(path)
  response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' }).end(file?.body ?? '')
}

function certificate(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'standin-'))
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const about = [
    '-days',
    '30',
    '-subj',
    '/CN=web.whatsapp.com',
    '-addext',
    'subjectAltName=DNS:web.whatsapp.com',
  ]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const made = ['req', '-x509', ...curve, ...about, '-keyout', keyFile, '-out', certFile]
  execFileSync('openssl', made, { stdio: 'ignore' })
  const pair = { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') }
  rmSync(folder, { recursive: true })
  return pair
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}
