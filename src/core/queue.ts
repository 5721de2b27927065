/** Where requests wait. Keys are fixed here; people and hours are edited in the console. */
import type { Role } from './staff.ts'

type Queue = {
  /** Who sits in the queue when it is made; the console edits from there. */
  readonly roles: readonly Role[]
}

export const queues = {
  followup: { roles: ['case_worker', 'supervisor'] },
  needs: { roles: ['case_worker', 'assistant', 'supervisor'] },
  information: { roles: ['assistant', 'case_worker', 'supervisor'] },
  identity: { roles: ['assistant', 'supervisor'] },
  complaints: { roles: ['officer', 'supervisor'] },
  conduct: { roles: ['officer'] },
  intake: { roles: ['assistant'] },
  protection: { roles: ['protection'] },
  psea: { roles: ['psea'] },
  data: { roles: ['data_protection'] },
} as const satisfies Record<string, Queue>

export type QueueKey = keyof typeof queues
export const queueKeys = Object.keys(queues) as QueueKey[]
