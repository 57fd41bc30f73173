import type { FailureDetail, Reason } from "@strudel-agent/contract/reason"

/** An expected failure of a use case: a reason of the table, words for people, and what a program may want to know. */
export class LibraryError extends Error {
  override readonly name = "LibraryError"
  readonly reason: Reason
  readonly detail: FailureDetail

  constructor(reason: Reason, message: string, { cause, ...detail }: FailureDetail & { cause?: unknown } = {}) {
    super(message, { cause })
    this.reason = reason
    this.detail = detail
  }
}

/** Bad input that only the library can tell: names the field and what is wrong with it. */
export const badInput = (field: string, problem: string): LibraryError =>
  new LibraryError("BAD_INPUT", `${field}: ${problem}`, { fields: { [field]: problem } })
