import type { Outputs } from "@strudel-agent/client/client"

/** A message as a transcript reads it. */
export type TranscriptMessage = Outputs["message"]["list"]["messages"][number]
