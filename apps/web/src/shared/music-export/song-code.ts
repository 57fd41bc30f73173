import { type Playable, sourcesOf } from "#shared/player/playable.ts"
import type { Player } from "#shared/player/player.ts"
import { blame } from "./blame.ts"

/** A song as one piece of code. Rejects in words where one of its clips cannot be a part of it. */
export async function songCodeOf(playable: Playable, analyse: Player["analyse"]): Promise<string> {
  const { name, clips, plan, sectionNames } = playable
  const { codeOfSong } = await import("@strudel-agent/strudel/song-code")

  /** The tempo that only running the clips tells. */
  async function tempoOf(section: (typeof plan)["sections"][number]): Promise<number> {
    const alone = { sections: [section], loop: false, align: "section" as const }
    const answer = await analyse({ sources: sourcesOf(clips), plan: alone, cycles: 1 })
    if (!answer.ok) throw blame(playable, answer)
    return answer.tempo.cps
  }

  const sections = plan.sections.map(async (section, index) => ({
    name: sectionNames[index] ?? "",
    cycles: section.cycles,
    cps: section.cps ?? (await tempoOf(section)),
    clips: section.clips.map(({ key }) => key),
  }))
  return codeOfSong({
    name,
    clips: clips.map((clip) => ({ id: clip.key, name: clip.name, code: clip.code })),
    sections: await Promise.all(sections),
  })
}
