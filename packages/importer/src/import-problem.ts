import { reasonOf } from "@strudel-agent/client/reason"

/** Why nothing could be imported, in words; `wrongly` where something else than it takes was given to the import. */
export class ImportProblem extends Error {
  readonly wrongly: boolean

  constructor(message: string, { wrongly = false } = {}) {
    super(message)
    this.wrongly = wrongly
  }
}

const hopeless: unknown[] = [
  ...["UNREACHABLE", "TOKEN_REQUIRED", "HOST_REFUSED", "ORIGIN_REFUSED", "DATABASE_AWAY", "DATABASE_READ_ONLY"],
  ...["STORAGE_FULL", "STORAGE_FAILED"],
]

/** Whether a call failed for a reason for which no other one would fare better. */
export const endsAll = (error: unknown): boolean => hopeless.includes(reasonOf(error))
