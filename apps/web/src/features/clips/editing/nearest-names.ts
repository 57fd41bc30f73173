import { withNearestName } from "@strudel-agent/reference/unknown-name"
import { warningsWithSounds } from "@strudel-agent/reference/unknown-sounds"
import type { Answer } from "@strudel-agent/strudel/result"
import { type PlayableClip, playableClip } from "#shared/player/playable.ts"
import type { SoundNeeds } from "#shared/player/sound-needs.ts"

/** Tells where the sounds of clips come from. */
export type SoundsOf = (clips: PlayableClip[]) => Promise<SoundNeeds>

/** Names that have a sound here after all, such as one of a list on the network. */
async function soundingNames(code: string, soundsOf: SoundsOf): Promise<Set<string>> {
  const { needs } = await soundsOf([playableClip({ projectId: "", id: "draft", name: "", code, metadata: {} })])
  const there = needs.filter(({ state: { from } }) => from !== "missing" && from !== "replaced")
  return new Set(there.map(({ state }) => state.name))
}

/** An analysis that names what was probably meant by a function or sound that does not exist. */
export async function withNearestNames(answer: Answer, code: string, soundsOf: SoundsOf): Promise<Answer> {
  if (!answer.ok) return { ...answer, error: withNearestName(answer.error) }
  const warnings = warningsWithSounds(answer, code)
  if (!warnings.some(({ kind }) => kind === "unknownSound")) return answer
  const there = await soundingNames(code, soundsOf).catch(() => new Set())
  return {
    ...answer,
    warnings: warnings.filter(({ kind, name }) => kind !== "unknownSound" || name === null || !there.has(name)),
  }
}
