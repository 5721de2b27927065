/** Durations as flow files write them: 20m, 2h, 3d. */
const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Milliseconds; the form was checked when the file was read (definition.ts). */
export function millisecondsOf(duration: string): number {
  const unit = duration.at(-1) as keyof typeof units
  return Number(duration.slice(0, -1)) * units[unit]
}
