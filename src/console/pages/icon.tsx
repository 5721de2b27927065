/**
 * One small set of signs, drawn with the pen of the text colour. A sign never stands alone: a word is always with it.
 * The drawings are one file that a browser keeps (assets/icons.svg): on a slow line a page only names what it shows.
 */
import type { JSX } from 'preact'
import { readAssets } from '../assets.ts'

export const iconNames = [
  'find',
  'inbox',
  'menu',
  'list',
  'chat',
  'card',
  'person',
  'clock',
  'late',
  'lock',
  'check',
  'checks',
  'cross',
  'sending',
  'unknown',
  'take',
  'hand',
  'close',
  'flag',
  'phone',
  'back',
  'chart',
  'gear',
  'leave',
  'again',
  'clip',
  'microphone',
  'file',
  'moon',
  'at',
  'keyboard',
  'eye',
  'pen',
  'horn',
  'bell',
  'shield',
] as const

export type IconName = (typeof iconNames)[number]

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" aria-hidden="true">
      <use href={`${readAssets().get('icons.svg')?.path}#${name}`} />
    </svg>
  )
}
