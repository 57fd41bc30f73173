import type { Outputs } from "@strudel-agent/client/client"
import type { ClipKey } from "@strudel-agent/contract/clip"

/** What a list shows of a clip. */
export type ClipCard = Outputs["clip"]["cards"]["items"][number]

/** A text that is the same for the same clip. */
export const clipKey = ({ projectId, id }: ClipKey): string => `clip:${projectId}/${id}`
