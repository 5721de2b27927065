/** How loud a voice note is, as bars; the player lays its bar over them. It says nothing that is not said beside it. */
import type { JSX } from 'preact'

/** Half the height of the loudest bar; the quietest still shows. */
const tall = 9

export function Wave({ loudness }: { readonly loudness: Uint8Array }): JSX.Element {
  const bars = Array.from(loudness, (loud, n) => {
    const half = Math.max(1, Math.round((tall * loud) / 255))
    return `M${n} ${tall - half}v${2 * half}`
  })
  return (
    <svg
      class="wave"
      viewBox={`-.5 0 ${loudness.length} ${2 * tall}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path d={bars.join('')} />
    </svg>
  )
}
