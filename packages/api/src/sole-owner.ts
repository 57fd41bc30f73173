import type { Reason } from "@strudel-agent/contract/reason"
import { ApiError } from "./errors.ts"

/** The one project that owns an item known by its id alone; several are a failure that names them. */
export function soleOwner(projectIds: string[], missing: Reason): string {
  const [only, second] = projectIds
  if (only === undefined) throw new ApiError(missing, "No project has an item of this id.")
  if (second === undefined) return only
  throw new ApiError("AMBIGUOUS_ID", `Several projects have an item of this id: ${projectIds.join(", ")}. Say which.`, {
    names: projectIds,
  })
}
