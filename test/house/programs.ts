/** Places and programs of one test: whatever still runs when it ends is stopped, and every folder goes. */
import type { TestContext } from 'vitest'
import { makePlace, type Place, type Program, type Running, run, stop } from './program.ts'

export type Programs = {
  place(): Promise<Place>
  /** Runs `npm start`, or another command, in a place. */
  start(place: Place, running?: Running, words?: readonly string[]): Program
}

export function makePrograms({ onTestFinished }: TestContext): Programs {
  const places: Place[] = []
  const programs: Program[] = []
  onTestFinished(async () => {
    await Promise.all(programs.map(stop))
    await Promise.all(places.map((place) => place.remove()))
  })
  return {
    async place() {
      const place = await makePlace()
      places.push(place)
      return place
    },
    start(place, running = {}, words = ['start']) {
      const program = run(place, words, running)
      programs.push(program)
      return program
    },
  }
}
