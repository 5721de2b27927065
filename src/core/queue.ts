/** Where requests wait. Keys are fixed here; people and hours are edited in the console. */
import type { Role } from './staff.ts'

type Queue = {
  /** Who sits in the queue when it is made; the console edits from there. */
  readonly roles: readonly Role[]
  /** What lies here is for its members alone: whatever is handed here is hidden from everybody else. */
  readonly closed?: true
  /** Its members may hold sealed matters, and be on duty for them; nobody else may. */
  readonly guards?: true
}

export const queues = {
  followup: { roles: ['case_worker', 'supervisor'] },
  needs: { roles: ['case_worker', 'assistant', 'supervisor'] },
  information: { roles: ['assistant', 'case_worker', 'supervisor'] },
  identity: { roles: ['assistant', 'supervisor'] },
  complaints: { roles: ['officer', 'supervisor'] },
  conduct: { roles: ['officer'], closed: true },
  intake: { roles: ['assistant'], closed: true },
  protection: { roles: ['protection'], closed: true, guards: true },
  psea: { roles: ['psea'], closed: true, guards: true },
  data: { roles: ['data_protection'], closed: true },
} as const satisfies Record<string, Queue>

export type QueueKey = keyof typeof queues
export const queueKeys = Object.keys(queues) as QueueKey[]

/** Whether somebody sits where sealed matters are guarded. */
export function guards({ queues: seats }: { readonly queues: readonly string[] }): boolean {
  return queueKeys.some((key) => queueOf(key).guards === true && seats.includes(key))
}

/** The facts of a queue, freed of the literal types of the table. */
export function queueOf(key: QueueKey): Queue {
  return queues[key]
}
