import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('the log names an error and its place, and quotes nothing of its message', async () => {
  const script = `
    import { makeLog } from './src/log.ts'
    const log = makeLog('debug')
    const quoting = new Error('value: plondesar\\n    at the mosque of Zinzana\\n  at night')
    log.error('it broke', quoting)
    log.error('it broke', Object.assign(new TypeError('plondesar'), { code: '22P02', detail: 'Zinzana' }))
    log.error('it broke', 'plondesar')
    log.error('it broke', { message: 'plondesar' })`
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    ...['--import', 'tsx', '--input-type=module', '-e', script],
  ])
  expect(stderr).toBe('')
  expect(stdout).not.toMatch(/plondesar|Zinzana|mosque|night/)
  const lines = stdout.trim().split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[1]).toContain('"error":"TypeError","theirs":"22P02"')
  expect(lines[0]).toContain('"at":"at ')
})
