"use client"

import type { CodeChange } from "@strudel-agent/api/schema/message"
import { FileDiffIcon } from "lucide-react"
import { memo, useMemo } from "react"
import { itemPath } from "../markdown/item-link.ts"
import { Link } from "../ui/link.tsx"
import { BothCodes, CodeDiff } from "./code-diff.tsx"
import { diffLines } from "./line-diff.ts"
import { itemOfMessage } from "./message-items.ts"

const verbOf = ({ before, after }: CodeChange): string =>
  typeof before !== "string" ? "Wrote" : typeof after !== "string" ? "Removed" : "Changed"

/** What a message did to an item's code. */
export const CodeChangeCard = memo(function CodeChangeCard({ change }: { change: CodeChange }) {
  const before = change.before ?? ""
  const after = change.after ?? ""
  const diff = useMemo(() => diffLines(before, after), [before, after])
  const item = itemOfMessage(change)
  const name = [change.item_type, change.item_id].filter(Boolean).join(" ") || "code"
  return (
    <figure className="min-w-0 overflow-hidden rounded-card border border-line bg-panel">
      <figcaption className="flex flex-wrap items-center gap-x-3 border-b border-line px-3 py-2 text-sm">
        <FileDiffIcon className="size-4 text-accent" aria-hidden="true" />
        <span>
          <span className="text-soft">{verbOf(change)} </span>
          {item ? (
            <Link
              href={itemPath(item)}
              className="font-medium underline decoration-line underline-offset-4 hover:decoration-accent"
            >
              {name}
            </Link>
          ) : (
            <span className="font-medium">{name}</span>
          )}
        </span>
        {diff && (
          <span className="ml-auto font-mono text-xs tabular-nums">
            <span className="text-added">
              +{diff.added}
              <span className="sr-only"> lines added</span>
            </span>{" "}
            <span className="text-removed">
              −{diff.removed}
              <span className="sr-only"> lines removed</span>
            </span>
          </span>
        )}
      </figcaption>
      {!diff && <BothCodes before={before} after={after} />}
      {diff && diff.hunks.length === 0 && <p className="px-3 py-2 text-sm text-soft">No line differs.</p>}
      {diff && diff.hunks.length > 0 && <CodeDiff diff={diff} label={`Changed lines of ${name}`} />}
    </figure>
  )
})
