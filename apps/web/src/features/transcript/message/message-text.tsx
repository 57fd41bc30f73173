"use client"

import { useMemo, useState } from "react"
import { headOf, Markdown } from "#shared/markdown/markdown.tsx"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import { holdScroll } from "#shared/ui/hold-scroll.ts"
import type { LinkBase } from "#shared/url-state/item-link.ts"
import { formatNumber } from "#shared/words/count.ts"
import { isTyped, withFences } from "./plain-code.ts"
import { useCodeTools } from "./use-code-tools.tsx"

/** Characters of a message that are drawn before more is asked for: some ten screens. */
const most = 24_000

/** The text of a message: what is beyond a readable length comes when it is asked for. */
export function MessageText({
  message: { content, role, messageIndex },
  base,
}: {
  message: TranscriptMessage
  base: LinkBase | undefined
}) {
  const [all, setAll] = useState(false)
  const typed = isTyped(role)
  const text = useMemo(() => (typed ? withFences(content) : content), [typed, content])
  const head = headOf(text, most)
  const isWhole = all || head === text
  const codeTools = useCodeTools(messageIndex, base?.projectId ?? "")
  return (
    <div>
      <Markdown text={isWhole ? text : head} base={base} breaks={typed} codeTools={codeTools} />
      {!isWhole && (
        <button
          type="button"
          onClick={({ currentTarget }) => holdScroll(currentTarget.parentElement ?? currentTarget, () => setAll(true))}
          className="mt-3 rounded text-sm text-accent underline underline-offset-4"
        >
          Show the other {formatNumber(text.length - head.length)} characters
        </button>
      )}
    </div>
  )
}
