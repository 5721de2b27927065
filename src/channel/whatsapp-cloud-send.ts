/** From a spoken message to the bodies of Meta's `messages` call, purely. */
import type { Spoken, SpokenFile, TemplateCall } from '../core/message.ts'
import type { Abilities } from './contract.ts'
import { cutLabel, splitText } from './split.ts'

/** Cloud API, "Text messages": 4096 characters; "Interactive messages": 1024 in the body; captions as bodies. */
const longestText = 4096
const longestBody = 1024
/** "Reply buttons": 3 of 20 characters. "Lists": 10 rows, a title of 24 and a description of 72. */
const buttonsAtMost = 3
const longestButton = 20
const rowsAtMost = 10
const longestTitle = 24
const longestDescription = 72
const megabyte = 1024 * 1024

export const whatsappCloudAbilities: Abilities = {
  buttons: { most: rowsAtMost, labelLength: longestDescription },
  textLength: longestText,
  // "Supported media types": audio 16 MB, images 5 MB, documents 100 MB.
  files: { voice: 16 * megabyte, photo: 5 * megabyte, document: 100 * megabyte },
  // "Customer service window": 24 hours after the person's last message; then templates only.
  answerWindow: 24,
  edits: true,
  typing: true,
}

/** One call; of a file the id comes once it was uploaded. */
export type Part = {
  readonly body: Readonly<Record<string, unknown>>
  readonly file?: SpokenFile
}

/** The messages in which Meta can carry what is said, in order; the choices are under the last. */
export function partsOf(spoken: Spoken, listButton: string): readonly Part[] {
  const { text, file, buttons = [], template } = spoken
  if (template) return [{ body: { type: 'template', template: templateOf(template) } }]
  const parts: Part[] = []
  // A voice note has no caption, and what is longer than one follows as a message of its own.
  const captioned =
    file !== undefined && file.kind !== 'voice' && buttons.length === 0 && text.length <= longestBody
  if (file) parts.push({ body: fileBody(file, captioned ? text : ''), file })
  if (text === '' || captioned) return parts
  const choices = buttons.length > 0 ? choicesOf(spoken, listButton) : undefined
  const texts = splitText(text, choices ? longestBody - choices.lines.length : longestText)
  const last = texts.at(-1) ?? ''
  const before = choices ? texts.slice(0, -1) : texts
  parts.push(...before.map((one) => ({ body: { type: 'text', text: { body: one, preview_url: false } } })))
  if (choices) parts.push({ body: { type: 'interactive', interactive: choices.under(last) } })
  return parts
}

/** "Sending template messages": what is filled in goes by its name. */
function templateOf({ name, language, values = {} }: TemplateCall): object {
  const parameters = Object.entries(values).map(([parameter_name, value]) => {
    return { type: 'text', parameter_name, text: String(value) }
  })
  const components = parameters.length > 0 ? { components: [{ type: 'body', parameters }] } : {}
  return { name, language: { code: language }, ...components }
}

function fileBody({ kind, name }: SpokenFile, caption: string): Readonly<Record<string, unknown>> {
  const about = caption === '' ? {} : { caption }
  switch (kind) {
    case 'voice':
      return { type: 'audio', audio: { voice: true } }
    case 'photo':
      return { type: 'image', image: about }
    case 'document':
      return { type: 'document', document: { ...about, ...(name ? { filename: name } : {}) } }
  }
}

/** The body with the id that Meta gave the uploaded file. */
export function withFile(body: Part['body'], id: string): Part['body'] {
  const type = String(body['type'])
  return { ...body, [type]: { ...(body[type] as object), id } }
}

type Choices = {
  /** What stands in the text besides. */
  readonly lines: string
  readonly under: (text: string) => object
}

/** Few short choices are buttons. More are a list behind a button, and so stand in the text as well: they can be typed. */
function choicesOf({ buttons = [] }: Spoken, listButton: string): Choices {
  const all = buttons
    .slice(0, rowsAtMost)
    .map(({ label, list, number }) => ({ id: `${list}:${number}`, label }))
  if (all.length <= buttonsAtMost && all.every(({ label }) => [...label].length <= longestButton)) {
    const shown = all.map(({ id, label }) => ({ type: 'reply', reply: { id, title: label } }))
    return { lines: '', under: (text) => ({ type: 'button', body: { text }, action: { buttons: shown } }) }
  }
  const rows = all.map(({ id, label }) => {
    const title = cutLabel(label, longestTitle)
    return { id, title, ...(title === label ? {} : { description: cutLabel(label, longestDescription) }) }
  })
  const lines = `\n${all.map(({ label }) => label).join('\n')}`
  const action = { button: cutLabel(listButton, longestButton), sections: [{ rows }] }
  return { lines, under: (text) => ({ type: 'list', body: { text: text + lines }, action }) }
}
