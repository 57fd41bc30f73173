import type { Inputs } from "@strudel-agent/client/client"

/** What a launcher asks for: the clips that were made first come first, so that later ones move none of them. */
export const padsInput = (projectId: string) =>
  ({ projectId, sort: "oldest", limit: 100 }) satisfies Inputs["clip"]["cards"]
