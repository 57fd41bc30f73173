"use client"

import { useState } from "react"
import type { LinkBase } from "../markdown/item-link.ts"
import { Markdown } from "../markdown/markdown.tsx"
import { formatNumber } from "../words/count.ts"
import { holdPlace } from "./hold-place.ts"

/** Characters of a message that are drawn as markdown; what is beyond comes as plain text when it is asked for. */
const most = 24_000

/** Where to cut a long text: after the last whole line, so that no word is torn. */
function cutOf(text: string): number {
  const line = text.lastIndexOf("\n", most)
  return line > most / 2 ? line : most
}

export function MessageText({ text, base }: { text: string; base: LinkBase | undefined }) {
  const [all, setAll] = useState(false)
  if (text.length <= most) return <Markdown text={text} base={base} />
  const cut = cutOf(text)
  return (
    <div>
      <Markdown text={text.slice(0, cut)} base={base} />
      {all ? (
        <div className="mt-3 border-t border-line pt-3 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {text.slice(cut)}
        </div>
      ) : (
        <button
          type="button"
          onClick={({ currentTarget }) => holdPlace(currentTarget.parentElement ?? currentTarget, () => setAll(true))}
          className="mt-3 rounded text-sm text-accent underline underline-offset-4"
        >
          Show the other {formatNumber(text.length - cut)} characters as plain text
        </button>
      )}
    </div>
  )
}
