/**
 * Two people whom the office knows write from elsewhere in the last hour: one spells the name in another way and has the case
 * number, the other has a new telephone. Nobody has looked at them yet: whoever tries the demo decides who they are.
 */
import { familyNames, menNames, womenNames } from './names.ts'
import type { DemoAddress, DemoPerson } from './people.ts'
import { minute } from './rhythm.ts'
import { hears, type Stage, speaking } from './stage.ts'

/** Puts both conversations behind everything else that was told; nothing where nobody is known well enough. */
export function comeFromElsewhere(stage: Stage, people: readonly DemoPerson[], now: Date): void {
  const known = people.filter((one) => isKnown(stage, one))
  const respelt = known.find(({ name }) => respell(name) !== name)
  const moved = known.findLast((one) => one !== respelt)
  if (respelt?.caseFile) {
    const { name, region, caseFile } = respelt
    const town = region.replace(/^ml-/, '')
    const first = 'je suis rentré, je veux savoir où en est mon projet'
    talk(stage, 1, new Date(now.getTime() - 50 * minute), [
      ...[first, '1', '1', respell(name), town, caseFile.number, '1'],
    ])
  }
  if (moved?.caseFile) {
    const { name, phone, caseFile } = moved
    talk(stage, 2, new Date(now.getTime() - 35 * minute), [
      ...['j ai changé de numéro', '1', '1', '1', name, caseFile.number, phone],
    ])
  }
}

/** With a case that is open, on a telephone of their own, and reached there. */
function isKnown(stage: Stage, one: DemoPerson): boolean {
  const { caseFile, second, shares, stops } = one
  if (!caseFile || caseFile.closedAt || second || shares || stops !== 'nothing') return false
  const { person } = speaking(stage, one.address)
  // The programme's file was found by now: the case has its number.
  return (
    person !== undefined && stage.ledger.by('case_file', person).some(({ plain }) => plain['number_hash'])
  )
}

/** Says these things one after the other, half a minute apart, on an address that nobody has heard of. */
function talk(stage: Stage, n: number, from: Date, words: readonly string[]): void {
  const address: DemoAddress = {
    id: stage.id(from),
    key: stage.id(from),
    session: stage.id(from),
    channel: 'telegram',
    external: `demo-elsewhere-${n}`,
  }
  for (const [place, text] of words.entries()) {
    hears(stage, new Date(from.getTime() + (place * minute) / 2), address, {
      content: { kind: 'text', text },
    })
  }
}

/** The name as somebody else writes it. */
function respell(name: string): string {
  const groups = [...familyNames, ...menNames, ...womenNames]
  return name
    .split(' ')
    .map((word) => groups.find(([first, ...others]) => first === word && others.length > 0)?.at(-1) ?? word)
    .join(' ')
}
