import type { Inputs } from "@strudel-agent/client/client"

/** Versions of one page. Each carries its code, so pages are short. */
const pageSize = 12

/** What the list of a clip's versions asks for. */
export const versionsInput = ({ projectId, id }: { projectId: string; id: string }) =>
  ({ projectId, id, limit: pageSize }) satisfies Inputs["clip"]["versions"]
