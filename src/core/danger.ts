/** What a danger phrase may be about, and what a find says. The phrases are in locales/danger.json. */
import type { RequestKind } from './request.ts'

export const dangerKinds = ['suicide', 'sea', 'gbv', 'trafficking', 'child', 'danger_now', 'fraud'] as const
export type DangerKind = (typeof dangerKinds)[number]

/** The kind of request that each danger opens. */
export const requestOfDanger = {
  suicide: 'protection.suicide',
  sea: 'complaint.sea',
  gbv: 'protection.gbv',
  trafficking: 'protection.trafficking',
  child: 'protection.child',
  danger_now: 'security.threat',
  fraud: 'complaint.fraud',
} as const satisfies Record<DangerKind, RequestKind>

/** The danger that a kind of request is about, if any. */
export function dangerOfRequest(kind: RequestKind): DangerKind | undefined {
  return dangerKinds.find((danger) => requestOfDanger[danger] === kind)
}

/** `strong` restricts and sends the neutral script; `weak` only raises the priority and a flag. */
export type Danger = { readonly kind: DangerKind; readonly strength: 'strong' | 'weak' }
