import type { Analysis } from "@strudel-agent/contract/clip/analysis"
import { type Check, cycles, type Library, type Outcome, type Piece, type Task } from "./task.ts"

/** Listens to code for so many cycles, with its events. */
export type Listen = (code: string, cycles: number) => Promise<Analysis>

/** What a library holds, and what its clips play; code that stands in several clips is listened to once. */
export async function listenTo(
  { clips = {}, songs = {} }: Partial<Library<string>>,
  listen: Listen,
): Promise<Library<Piece>> {
  const pieces: [string, Piece][] = []
  for (const [id, code] of Object.entries(clips)) pieces.push([id, { code, heard: await listen(code, cycles) }])
  return { clips: Object.fromEntries(pieces), songs }
}

export interface Verdict {
  /** Checks that are met. */
  met: number
  /** What is not as it has to be, in words. */
  faults: string[]
}

const faultOf = ({ wanted, fault }: Check, outcome: Outcome): string[] => {
  const why = fault(outcome)
  return why === undefined ? [] : [`${wanted}: ${why}`]
}

/** Says what of a task was done. */
export function judge({ checks }: Task, outcome: Outcome): Verdict {
  const faults = checks.flatMap((check) => faultOf(check, outcome))
  return { met: checks.length - faults.length, faults }
}
