import { type Reason, reasons } from "@strudel-agent/contract/reason"

/** What people read where a call failed. */
export const wordsOf = (reason: Reason | "UNREACHABLE"): string =>
  reason === "UNREACHABLE"
    ? "The server does not answer. It may be starting, or the connection is gone."
    : reasons[reason].words
