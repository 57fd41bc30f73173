import type { Sandbox } from "@strudel-agent/sandbox/host"
import { limits } from "@strudel-agent/sandbox/limits"
import type { SoundState } from "@strudel-agent/sandbox/protocol"
import { endless, type PlayableClip, sourcesOf } from "./playable.ts"

/** A sound, and the clips that play it. */
export interface SoundNeed {
  state: SoundState
  /** Their keys. */
  clips: string[]
}

/** Cycles of a clip in which its sounds are looked for. */
const lookedAt = 16

/** The names of the sounds that clips play, each with the clips; one that does not play has none. */
async function namesOf(sandbox: Sandbox, clips: PlayableClip[]): Promise<Map<string, string[]>> {
  if (clips.length === 0) return new Map()
  const answer = await sandbox.analyse({ sources: sourcesOf(clips), plan: endless(clips), cycles: lookedAt })
  if (!answer.ok) {
    const others = clips.filter(({ key }) => key !== answer.clip)
    return others.length < clips.length ? namesOf(sandbox, others) : new Map()
  }
  return new Map(
    answer.sounds.map(({ name }) => {
      const own = answer.lanes.filter(({ sounds }) => sounds.includes(name)).map(({ label }) => label)
      return [name, clips.map(({ key }) => key).filter((key) => clips.length === 1 || own.includes(key))]
    }),
  )
}

const ranks: Record<SoundState["from"], number> = { missing: 0, replaced: 1, network: 2, kit: 3, clip: 4, synth: 5 }

/** The sounds that clips need, what is missing first. Rejects with `SandboxFailed`. */
export async function readSounds(sandbox: Sandbox, clips: PlayableClip[]): Promise<SoundNeed[]> {
  const names = await namesOf(sandbox, clips.slice(0, limits.sources))
  if (names.size === 0) return []
  const states = await sandbox.sounds([...names.keys()].slice(0, 1000))
  return states
    .map((state) => ({ state, clips: names.get(state.name) ?? [] }))
    .sort(
      (one, other) => ranks[one.state.from] - ranks[other.state.from] || (one.state.name < other.state.name ? -1 : 1),
    )
}
