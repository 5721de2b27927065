/** A QR code as a drawing in the page: one path, no style of its own, dark on white in every theme. */
import type { JSX } from 'preact'
import { create } from 'qrcode'

/** The white border that readers need. */
const quiet = 4

/** The code of a text; `name` says what it is to whoever cannot see it. */
export function Qr({ text, name }: { readonly text: string; readonly name: string }): JSX.Element {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const { size, data } = modules
  const whole = size + 2 * quiet
  const dark: string[] = []
  for (let place = 0; place < data.length; place++) {
    if (data[place]) dark.push(`M${(place % size) + quiet} ${Math.floor(place / size) + quiet}h1v1h-1z`)
  }
  return (
    <svg class="qr" viewBox={`0 0 ${whole} ${whole}`} role="img" aria-label={name}>
      <rect class="qr-paper" width={whole} height={whole} />
      <path class="qr-ink" d={dark.join('')} shape-rendering="crispEdges" />
    </svg>
  )
}
