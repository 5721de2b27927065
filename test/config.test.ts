import { describe, expect, test } from 'vitest'
import { ConfigFaults, readConfig } from '../src/config.ts'
import { Failure } from '../src/failure.ts'

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (error instanceof Failure && error.cause instanceof ConfigFaults) return error.cause.faults
    throw error
  }
}

describe('the settings', () => {
  test('need nothing from the environment', () => {
    expect(readConfig({})).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', DATA_DIR: './data', ROLE: 'all' })
  })

  test('tell all faults at once', () => {
    const faults = faultsOf({
      PORT: 'tree',
      REDIS_URL: 'http://nowhere',
      TLS_CERT: 'a.pem',
      TELEGRAM_WEBHOOK_SECRET: 's',
    })
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'PORT',
      'REDIS_URL',
      'TLS_CERT and TLS_KEY',
      'TELEGRAM_WEBHOOK_SECRET',
    ])
  })

  test('count an empty value as unset', () => {
    expect(readConfig({ PORT: '', TELEGRAM_TOKEN: ' ' })).toEqual(readConfig({}))
  })

  test('never print a secret', () => {
    const config = readConfig({ TELEGRAM_TOKEN: '123:hidden', DATABASE_URL: 'postgres://u:hidden@host/db' })
    expect(JSON.stringify(config)).not.toContain('hidden')
    expect(`${config.TELEGRAM_TOKEN} ${config.DATABASE_URL}`).not.toContain('hidden')
    expect(config.TELEGRAM_TOKEN?.reveal()).toBe('123:hidden')
  })

  test('refuse the bot of returnees as the one of staff', () => {
    const both = { TELEGRAM_TOKEN: '1:a', TELEGRAM_STAFF_TOKEN: '1:a' }
    expect(faultsOf(both)).toHaveLength(1)
    expect(faultsOf({ ...both, TELEGRAM_STAFF_TOKEN: '2:b' })).toEqual([])
    expect(faultsOf({ TELEGRAM_STAFF_TOKEN: '2:b', TELEGRAM_WEBHOOK_SECRET: 's' })).toEqual([])
  })

  test('refuse several processes on the embedded database', () => {
    expect(faultsOf({ ROLE: 'web' })).toHaveLength(1)
    expect(faultsOf({ ROLE: 'web', DATABASE_URL: 'postgres://h/db' })).toEqual([])
  })
})
