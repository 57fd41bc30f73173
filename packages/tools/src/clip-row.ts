import type { Outputs } from "@strudel-agent/client/client"
import { type Row, shortened } from "./list-thing.ts"
import { uriOf } from "./uri.ts"

type Card = Outputs["clip"]["cards"]["items"][number]

const longestNote = 120

/** What a list says of a clip. */
export function clipRow({ projectId, id, name, facts, state }: Card): Row {
  const { bpm, scale, tags } = facts
  const note = [
    bpm && `${bpm} bpm`,
    scale,
    tags.length > 0 && tags.slice(0, 4).join(" "),
    state === "fails" && "does not play",
  ]
  const words = note.filter(Boolean).join(", ")
  return {
    uri: uriOf({ kind: "clip", projectId, id }),
    name: shortened(name, 60),
    ...(words ? { note: shortened(words, longestNote) } : {}),
  }
}
