/**
 * A stand-in for an S3-compatible store on loopback: keeps what it is given, and believes nobody whose signature (AWS
 * Signature Version 4, over the very bytes) it cannot make itself from the secret key.
 */
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const key = 'AKIDEXAMPLE'
export const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
export const region = 'eu-west-3'

const hex = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
const hmac = (by: string | Buffer, text: string) => createHmac('sha256', by).update(text).digest()

export async function startS3() {
  const kept = new Map<string, { bytes: Buffer; at: Date }>()
  const statuses: number[] = []
  const trouble = { left: 0 }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const say = (status: number, answer: string | Buffer = '') => {
      statuses.push(status)
      response.writeHead(status, { 'content-type': 'application/xml' }).end(answer)
    }
    if (trouble.left > 0) {
      trouble.left -= 1
      return say(503, fault('SlowDown'))
    }
    if (!isSigned(request, body)) return say(403, fault('SignatureDoesNotMatch'))
    answer(request, response, body, say)
  })

  function answer(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
    say: (status: number, answer?: string | Buffer) => void,
  ) {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3')
    const name = decodeURIComponent(pathname)
    if (request.method === 'PUT') {
      kept.set(name, { bytes: body, at: new Date() })
      return say(200)
    }
    if (request.method === 'DELETE') {
      kept.delete(name)
      return say(204)
    }
    if (searchParams.has('list-type')) return say(200, list(pathname, searchParams))
    const found = kept.get(name)
    if (!found) return say(404, fault('NoSuchKey'))
    statuses.push(200)
    return response.writeHead(200, { 'content-length': found.bytes.length }).end(found.bytes)
  }

  /** Two on a page. */
  function list(bucket: string, query: URLSearchParams): string {
    const all = [...kept].filter(([name]) =>
      name.startsWith(`${bucket.replace(/\/$/, '')}/${query.get('prefix') ?? ''}`),
    )
    const start = Number(query.get('continuation-token') ?? 0)
    const shown = all.slice(start, start + 2).map(([name, { at }]) => {
      const bare = name.slice(bucket.replace(/\/$/, '').length + 1)
      return `<Contents><Key>${bare}</Key><LastModified>${at.toISOString()}</LastModified></Contents>`
    })
    const more = start + 2 < all.length
    const next = more ? `<NextContinuationToken>${start + 2}</NextContinuationToken>` : ''
    return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${shown.join('')}</ListBucketResult>`
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    ...{ kept, statuses, trouble },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/files/mali`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function fault(code: string): string {
  return `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`
}

function isSigned(request: IncomingMessage, body: Buffer): boolean {
  const shape =
    /Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]+)/
  const [, who, day = '', where = '', headers = '', signature] =
    shape.exec(request.headers.authorization ?? '') ?? []
  const payload = String(request.headers['x-amz-content-sha256'])
  if (who !== key || where !== region || payload !== hex(body)) return false
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3')
  const query = [...searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&')
  const lines = headers.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
  const canonical = [request.method, pathname, query, lines.join(''), headers, payload].join('\n')
  const scope = `${day}/${where}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, hex(canonical)].join('\n')
  const made = ['s3', 'aws4_request'].reduce(
    (by, part) => hmac(by, part),
    hmac(hmac(`AWS4${secret}`, day), where),
  )
  return createHmac('sha256', made).update(text).digest('hex') === signature
}
