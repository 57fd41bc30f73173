"use client"

import { useMemo } from "react"
import { LongMarkdown } from "#shared/markdown/long-markdown.tsx"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import type { LinkBase } from "#shared/url-state/item-link.ts"
import { isTyped, withFences } from "./plain-code.ts"
import { useCodeTools } from "./use-code-tools.tsx"

/** The text of a message. */
export function MessageText({ message, base }: { message: TranscriptMessage; base: LinkBase | undefined }) {
  const { content, role } = message
  const typed = isTyped(role)
  const text = useMemo(() => (typed ? withFences(content) : content), [typed, content])
  const codeTools = useCodeTools(message, base?.projectId ?? "")
  return <LongMarkdown text={text} base={base} breaks={typed} codeTools={codeTools} />
}
