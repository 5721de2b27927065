/** One contract, every channel; the one through WhatsApp Web keeps it in a browser (whatsapp-web/talk.browser.test.ts). */
import { describe } from 'vitest'
import { benches } from './benches.ts'
import { keepsContract } from './contract.ts'

describe.each(Object.keys(benches) as (keyof typeof benches)[])('%s', (kind) =>
  keepsContract(kind, benches[kind]),
)
