import type { Inputs } from "@strudel-agent/client/client"
import type { VersionedKind } from "@strudel-agent/contract/item"

/** What the list of an item's versions asks for. */
export const historyInput = ({ projectId, id }: { projectId: string; id: string }) =>
  ({ projectId, id, limit: 20 }) satisfies Inputs[VersionedKind]["history"]
