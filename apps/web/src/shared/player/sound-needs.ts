import type { Sandbox } from "@strudel-agent/sandbox/host"
import { limits } from "@strudel-agent/sandbox/limits"
import type { Problem, SoundState } from "@strudel-agent/sandbox/protocol"
import { endless, type PlayableClip, sourcesOf } from "./playable.ts"

/** A sound, and the clips that play it. */
export interface SoundNeed {
  state: SoundState
  /** Their keys. */
  clips: string[]
}

/** What clips need, and those of which that is not known, with what is wrong with them. */
export interface SoundNeeds {
  needs: SoundNeed[]
  unknown: ReadonlyMap<string, Fault>
}

type Fault = Pick<Problem, "message" | "line">
type Ask = Pick<Sandbox, "analyse" | "sounds">

/** Cycles of a clip in which its sounds are looked for. */
const lookedAt = 16

/** The clips that do not end by themselves, since code without an end takes down the others it was asked with. */
async function endlessAmong(sandbox: Ask, clips: PlayableClip[], fault: Fault): Promise<Map<string, Fault>> {
  const found = new Map<string, Fault>()
  for (const clip of clips) {
    const answer =
      clips.length > 1 ? await sandbox.analyse({ sources: sourcesOf([clip]), cycles: lookedAt }) : undefined
    if (answer === undefined) found.set(clip.key, fault)
    else if (!answer.ok && answer.error.stage === "timeout") found.set(clip.key, answer.error)
  }
  return found.size > 0 ? found : new Map(clips.map(({ key }) => [key, fault]))
}

/** The names of the sounds that clips play, each with the clips. */
async function namesOf(sandbox: Ask, clips: PlayableClip[]) {
  const names = new Map<string, string[]>()
  const unknown = new Map<string, Fault>()
  for (let left = clips; left.length > 0; left = left.filter(({ key }) => !unknown.has(key))) {
    const answer = await sandbox.analyse({ sources: sourcesOf(left), plan: endless(left), cycles: lookedAt })
    if (!answer.ok) {
      const known = left.find(({ key }) => key === answer.clip)
      const faults = known ? [[known.key, answer.error] as const] : await endlessAmong(sandbox, left, answer.error)
      for (const [key, fault] of faults) unknown.set(key, fault)
      continue
    }
    for (const { name } of answer.sounds) {
      const own = answer.lanes.filter(({ sounds }) => sounds.includes(name)).map(({ label }) => label)
      const users = left.map(({ key }) => key).filter((key) => left.length === 1 || own.includes(key))
      names.set(name, users)
    }
    break
  }
  return { names, unknown }
}

const ranks: Record<SoundState["from"], number> = { missing: 0, replaced: 1, network: 2, kit: 3, clip: 4, synth: 5 }

/** The sounds that clips need, what is missing first. Rejects with `SandboxFailed`. */
export async function readSounds(sandbox: Ask, clips: PlayableClip[]): Promise<SoundNeeds> {
  const { names, unknown } = await namesOf(sandbox, clips.slice(0, limits.sources))
  if (names.size === 0) return { needs: [], unknown }
  const states = await sandbox.sounds([...names.keys()].slice(0, 1000))
  const needs = states
    .map((state) => ({ state, clips: names.get(state.name) ?? [] }))
    .sort(
      (one, other) => ranks[one.state.from] - ranks[other.state.from] || (one.state.name < other.state.name ? -1 : 1),
    )
  return { needs, unknown }
}
