import type { SessionFacts } from "@strudel-agent/contract/session"
import type { z } from "zod"
import { textsOf } from "#shared/ui/metadata.ts"

/** The tags of a session, as the contract's SessionFacts read them, without its library in the browser. */
export const sessionTags = (metadata: Record<string, unknown>): z.infer<typeof SessionFacts>["tags"] =>
  textsOf(metadata.tags)
