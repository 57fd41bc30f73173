import type { Plan, Section } from "@strudel-agent/sandbox/protocol"
import type { Hap } from "@strudel-agent/strudel/result"
import { type Playable, sourcesOf } from "#shared/player/playable.ts"
import type { Player } from "#shared/player/player.ts"
import { blame } from "./blame.ts"

/** Every event of something that plays, in cycles from its beginning. */
export interface Score {
  haps: Hap[]
  tempos: { cycle: number; cps: number }[]
  cycles: number
}

/** The length that a song has, undefined for what goes on until it is stopped. */
export const lengthOf = ({ plan: { loop, sections } }: Playable): number | undefined =>
  loop ? undefined : sections.reduce((sum, { cycles }) => sum + cycles, 0)

/** The sections that fit into so many cycles, the last of them cut. */
export function sectionsWithin(playable: Playable, cycles: number): Section[] {
  const within: Section[] = []
  let left = cycles
  for (const section of playable.plan.sections) {
    if (left <= 0) break
    within.push({ ...section, cycles: Math.min(section.cycles, left) })
    left -= section.cycles
  }
  return within
}

const moved = (hap: Hap, by: number): Hap => ({
  ...hap,
  begin: hap.begin + by,
  end: hap.end + by,
  until: hap.until + by,
})

/** What a section plays, asked for in fewer cycles at a time where an answer cannot hold all of it. */
async function hapsOfSection(playable: Playable, section: Section, analyse: Player["analyse"]) {
  const plan: Plan = { sections: [section], loop: false, align: "section" }
  const sources = sourcesOf(playable.clips)
  const end = Math.ceil(section.cycles)
  const haps: Hap[] = []
  let cps = 0
  let most = end
  for (let from = 0; from < end; ) {
    const cycles = Math.min(most, end - from)
    const answer = await analyse({ sources, plan, from, cycles })
    if (!answer.ok) throw blame(playable, answer)
    if (answer.cut && cycles === 1) throw new Error("It plays more events in a cycle than can be counted")
    if (answer.cut) {
      most = Math.ceil(cycles / 2)
      continue
    }
    haps.push(...answer.haps)
    cps = answer.tempo.cps
    from += cycles
  }
  return { haps: haps.filter(({ begin }) => begin < section.cycles), cps }
}

/**
 * What something plays in its first cycles, at the tempo that is written. Rejects with the problem's words where one of
 * its clips does not play.
 */
export async function scoreOf(playable: Playable, cycles: number, analyse: Player["analyse"]): Promise<Score> {
  const score: Score = { haps: [], tempos: [], cycles: 0 }
  for (const section of sectionsWithin(playable, cycles)) {
    const { haps, cps } = await hapsOfSection(playable, section, analyse)
    score.haps.push(...haps.map((hap) => moved(hap, score.cycles)))
    score.tempos.push({ cycle: score.cycles, cps })
    score.cycles += section.cycles
  }
  return score
}

/** Notes that lie between two keys, which a MIDI file rounds to the nearer one. */
export const roundedNotes = (haps: Hap[]): number =>
  haps.filter(({ note }) => note !== null && !Number.isInteger(note)).length
