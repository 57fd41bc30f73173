import * as z from "zod/mini"
import { limits } from "../limits.ts"
import type { Reply } from "../protocol.ts"

const Numbered = z.looseObject({ id: z.int() })

/** The answer to a command that is not taken: what of it is too much; null where nobody waits for one. */
export function refusal(command: unknown, error: z.core.$ZodError): Reply | null {
  const numbered = Numbered.safeParse(command)
  if (!numbered.success) return null
  return {
    type: "reply",
    id: numbered.data.id,
    result: { kind: "failed", because: "refused", message: inWords(error) },
  }
}

function inWords({ issues }: z.core.$ZodError): string {
  const tooBig = issues.find(({ code }) => code === "too_big")
  const of = tooBig?.path.findLast((part) => typeof part === "string")
  if (of === "sources" || of === "clips") return `The player takes ${limits.sources} clips at a time at most`
  if (of === "sections") return `The player takes ${limits.sections} sections at most`
  if (of === "cycles") return `The player takes ${limits.cycles} cycles at most`
  if (of === "code") return `The code of a clip may have ${limits.code} characters at most`
  return "The player does not take this"
}
