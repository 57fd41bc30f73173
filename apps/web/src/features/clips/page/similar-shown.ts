import type { Outputs } from "@strudel-agent/client/client"

/** What of a clip's sound tells whether it is compared with others. */
interface Sound {
  state: Outputs["clip"]["audio"]["state"]
  audio: { loudness: number | null } | null
}

/** What stands in the place of the clips that sound like one. */
export type SimilarShown<Item> =
  /** `busy`: those of its former sound, until the one that it has is measured. */
  | { kind: "items"; items: Item[]; busy: boolean }
  | { kind: "loading" }
  | { kind: "waiting" }
  /** It is not told what sounds like it, and will not be. */
  | { kind: "nothing" }

const isSilent = ({ audio }: Sound): boolean => audio !== null && audio.loudness === null

/** Whether a clip that is not compared with others yet will be. What was just measured is compared in a moment. */
const isAwaited = (sound: Sound): boolean =>
  sound.state === "waiting" || (sound.state === "measured" && !isSilent(sound))

export function similarShown<Item>({
  found,
  sound,
  former,
}: {
  found: { measured: boolean; items: Item[] } | undefined
  /** Null where it cannot be read. */
  sound: Sound | null | undefined
  /** The clips that sounded like it when it was measured last. */
  former: Item[] | undefined
}): SimilarShown<Item> {
  if (found?.measured) return { kind: "items", items: found.items, busy: false }
  if (!found) return { kind: "loading" }
  if (sound === null || (sound && !isAwaited(sound))) return { kind: "nothing" }
  if (former) return { kind: "items", items: former, busy: true }
  return { kind: sound ? "waiting" : "loading" }
}
