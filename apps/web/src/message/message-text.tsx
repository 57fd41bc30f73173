"use client"

import { useState } from "react"
import type { LinkBase } from "../markdown/item-link.ts"
import { headOf, Markdown } from "../markdown/markdown.tsx"
import { formatNumber } from "../words/count.ts"
import { holdPlace } from "./hold-place.ts"

/** Characters of a message that are drawn before more is asked for: some ten screens. */
const most = 24_000

/** The text of a message: what is beyond a readable length comes when it is asked for. */
export function MessageText({ text, base }: { text: string; base: LinkBase | undefined }) {
  const [all, setAll] = useState(false)
  const head = headOf(text, most)
  const isWhole = all || head === text
  return (
    <div>
      <Markdown text={isWhole ? text : head} base={base} />
      {!isWhole && (
        <button
          type="button"
          onClick={({ currentTarget }) => holdPlace(currentTarget.parentElement ?? currentTarget, () => setAll(true))}
          className="mt-3 rounded text-sm text-accent underline underline-offset-4"
        >
          Show the other {formatNumber(text.length - head.length)} characters
        </button>
      )}
    </div>
  )
}
