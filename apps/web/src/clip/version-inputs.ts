import type { Inputs } from "@strudel-agent/client/client"

interface Key {
  projectId: string
  id: string
}

/** What the list of a clip's versions asks for. */
export const historyInput = ({ projectId, id }: Key) =>
  ({ projectId, id, limit: 20 }) satisfies Inputs["clip"]["history"]

/** What the list of the sessions about a clip asks for. */
export const clipSessionsInput = ({ projectId, id }: Key) =>
  ({ projectId, itemType: "clip", itemId: id, limit: 6 }) satisfies Inputs["session"]["list"]
