/** One database for all tests of a file, emptied before each: making one and dropping it takes longer than most tests. */
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { copyDatabase, empty, type TestDatabase } from './database.ts'

/** Called at the head of a file; gives the database to the tests below it. */
export function oneDatabase(): () => TestDatabase {
  let database: TestDatabase | undefined
  const given = (): TestDatabase => {
    if (!database) throw new Error('the database is there in tests only')
    return database
  }
  beforeAll(async () => {
    database = await copyDatabase()
  })
  afterAll(() => database?.drop())
  beforeEach(() => empty(given().connectionString))
  return given
}
