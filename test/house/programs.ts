/** Places and programs of one test: whatever still runs when it ends is stopped, and every folder goes. */
import { inject, type TestContext } from 'vitest'
import { makePlace, type Place, type Program, type Running, run, stop } from './program.ts'

export type Programs = {
  place(): Promise<Place>
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
  return {
    async place() {
      const place = await makePlace()
      places.push(place)
      return place
    },
    start: (place, running = {}, words = ['start']) =>
      keep(run(place, words, { ...running, built: inject('program') })),
    startFromSources: (place) => keep(run(place, ['start'])),
  }
}
