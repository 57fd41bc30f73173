import type { Inputs } from "@strudel-agent/client/client"

/** What the list of the sessions about a clip asks for. */
export const clipSessionsInput = ({ projectId, id }: { projectId: string; id: string }) =>
  ({ projectId, itemType: "clip", itemId: id, limit: 6 }) satisfies Inputs["session"]["list"]
