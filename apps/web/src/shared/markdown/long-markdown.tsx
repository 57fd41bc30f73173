"use client"

import { type ComponentProps, useState } from "react"
import { holdScroll } from "#shared/ui/hold-scroll.ts"
import { formatNumber } from "#shared/words/count.ts"
import { headOf, Markdown } from "./markdown.tsx"

/** Characters of a text that are drawn before more is asked for: some ten screens. */
const most = 24_000

/** Markdown of which what is beyond a readable length comes when it is asked for. */
export function LongMarkdown({ text, ...rest }: ComponentProps<typeof Markdown>) {
  const [all, setAll] = useState(false)
  const head = headOf(text, most)
  const isWhole = all || head === text
  return (
    <div>
      <Markdown text={isWhole ? text : head} {...rest} />
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
