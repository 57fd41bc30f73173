import type { Analysed } from "@strudel-agent/sandbox/host"
import type { Playable } from "#shared/player/playable.ts"

/** What is wrong with something that plays, with the name of the clip at fault. */
export function blame({ clips }: Playable, { clip, error }: Extract<Analysed, { ok: false }>): Error {
  const faulty = clips.length > 1 ? clips.find(({ key }) => key === clip) : undefined
  return new Error(`${faulty ? `${faulty.name}: ` : ""}${error.message}`)
}
