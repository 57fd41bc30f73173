import type { Reason } from "@strudel-agent/contract/reason"
import { LibraryError } from "./failure.ts"

/** The one project that owns an item known by its id alone; several are a failure that names them. */
export function soleOwner(projectIds: string[], missing: Reason): string {
  const [only, second] = projectIds
  if (only === undefined) throw new LibraryError(missing, "No project has an item of this id.")
  if (second === undefined) return only
  throw new LibraryError(
    "AMBIGUOUS_ID",
    `Several projects have an item of this id: ${projectIds.join(", ")}. Say which.`,
    {
      names: projectIds,
    },
  )
}
