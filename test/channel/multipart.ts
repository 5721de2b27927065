/** Reads multipart bodies by hand: grammY writes `form-data;name=` without spaces, which Node's own parser refuses. */

/** The fields of a form: text as string, files as their bytes with name. */
export type Form = Readonly<Record<string, string | { readonly name: string; readonly bytes: Buffer }>>

export function readMultipart(body: Buffer, contentType: string): Form {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1]
  if (boundary === undefined) throw new Error('A multipart body without boundary')
  const form: Record<string, string | { name: string; bytes: Buffer }> = {}
  const mark = Buffer.from(`--${boundary}`)
  let at = body.indexOf(mark)
  while (at >= 0) {
    const from = at + mark.length
    const next = body.indexOf(mark, from)
    if (next < 0) break
    readPart(body.subarray(from, next), form)
    at = next
  }
  return form
}

function readPart(part: Buffer, form: Record<string, string | { name: string; bytes: Buffer }>): void {
  const end = part.indexOf('\r\n\r\n')
  if (end < 0) return
  const head = part.subarray(0, end).toString('utf8')
  const bytes = part.subarray(end + 4, part.length - 2)
  const name = /[; ]name="?([^";\r\n]+)"?/i.exec(head)?.[1]
  const file = /filename="?([^";\r\n]*)"?/i.exec(head)?.[1]
  if (name === undefined) return
  form[name] = file === undefined ? bytes.toString('utf8') : { name: file, bytes }
}

/** Builds one for a test that uploads. */
export function writeMultipart(form: Form, boundary = 'baro-test-boundary'): Buffer {
  const chunks: Buffer[] = []
  for (const [name, value] of Object.entries(form)) {
    const file =
      typeof value === 'string' ? '' : `; filename="${value.name}"\r\ncontent-type: application/octet-stream`
    chunks.push(Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n`))
    chunks.push(typeof value === 'string' ? Buffer.from(value) : value.bytes, Buffer.from('\r\n'))
  }
  return Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)])
}
