/** One small set of signs, drawn with the pen of the text colour. A sign never stands alone: a word is always with it. */
import type { JSX } from 'preact'

const strokes = {
  find: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21',
  inbox: 'M3 13l3-8h12l3 8v6H3zM3 13h5l1 3h6l1-3h5',
  menu: 'M4 6h16M4 12h16M4 18h16',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  card: 'M4 5h16v14H4zM8 9h4M8 13h8M8 16h6',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-6 8-6s8 2 8 6',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 3',
  late: 'M12 8v5M12 16.5h.01M12 3l10 18H2z',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  check: 'M5 12.5l4.5 4.5L19 7',
  checks: 'M2 12.5l4.5 4.5L15 8M11 16l1 1 9-9',
  cross: 'M6 6l12 12M18 6L6 18',
  sending: 'M4 12h11M11 7l5 5-5 5',
  unknown: 'M9 9a3 3 0 1 1 4 2.8c-.7.3-1 .8-1 1.7M12 17h.01',
  take: 'M12 4v11M7 10l5 5 5-5M5 20h14',
  hand: 'M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4',
  close: 'M5 12.5l4.5 4.5L19 7',
  flag: 'M6 21V4h11l-2 4 2 4H6',
  phone: 'M6 3h4l2 5-3 2a12 12 0 0 0 5 5l2-3 5 2v4c0 2-2 2-4 2A16 16 0 0 1 4 7c0-2 0-4 2-4z',
  back: 'M15 5l-7 7 7 7',
  chart: 'M4 20V4M4 20h16M8 16v-5M12 16V7M16 16v-8',
  gear: 'M4 7h10M18 7h2M4 17h4M12 17h8M16 5v4M10 15v4',
  leave: 'M10 4H4v16h6M9 12h11M16 8l4 4-4 4',
  again: 'M5 8h9a5 5 0 1 1 0 10H8M9 4L5 8l4 4',
  clip: 'M20 11.5L12 19.4a5 5 0 0 1-7.1-7L13.3 4a3.4 3.4 0 0 1 4.8 4.8l-8.3 8.3a1.7 1.7 0 0 1-2.5-2.4l7.5-7.4',
  microphone: 'M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM6 11.5a6 6 0 0 0 12 0M12 17.5v3.5',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  moon: 'M20 14A8.5 8.5 0 0 1 10 4a8.5 8.5 0 1 0 10 10z',
  at: 'M16 12a4 4 0 1 0-8 0 4 4 0 0 0 8 0zm0 0v1.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-4 7.5',
  keyboard: 'M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  pen: 'M4 20l1-5L16 4l4 4L9 19z',
  horn: 'M4 10v4h3l8 5V5l-8 5zM18.5 9a4 4 0 0 1 0 6',
  bell: 'M6 17V10a6 6 0 0 1 12 0v7l2 2H4zM10 21h4',
  shield: 'M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z',
} as const

export type IconName = keyof typeof strokes

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={strokes[name]} />
    </svg>
  )
}
