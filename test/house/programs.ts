/** Places and programs of one test: whatever still runs when it ends is stopped, and every folder goes. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { inject, type TestContext } from 'vitest'
import { makePlace, type Place, type Program, type Running, run, stop } from './program.ts'

export type Programs = {
  /** An empty folder. */
  place(): Promise<Place>
  /** The folder of an office that was opened before and has nobody yet. */
  office(): Promise<Place>
  /** Runs `npm start`, or another command, in a place. */
  start(place: Place, running?: Running, words?: readonly string[]): Program
  /** Runs `npm start` as it is typed, from the sources. */
  startFromSources(place: Place): Program
}

export function makePrograms({ onTestFinished }: TestContext): Programs {
  const places: Place[] = []
  const programs: Program[] = []
  onTestFinished(async () => {
    await Promise.all(programs.map(stop))
    await Promise.all(places.map((place) => place.remove()))
  })
  const keep = (program: Program) => {
    programs.push(program)
    return program
  }
  const place = async () => {
    const made = await makePlace()
    places.push(made)
    return made
  }
  return {
    place,
    async office() {
      const made = await place()
      // With their owners: the server runs under an account of its own when we are root.
      await promisify(execFile)('cp', ['-a', `${inject('office')}/.`, made.folder])
      return made
    },
    start: (place, running = {}, words = ['start']) =>
      keep(run(place, words, { ...running, built: inject('program') })),
    startFromSources: (place) => keep(run(place, ['start'])),
  }
}
