"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { Keys } from "#shared/keyboard/keyboard-keys.tsx"
import { Button } from "#shared/ui/button.tsx"
import { Link } from "#shared/ui/link.tsx"
import { wordsOf } from "#shared/words/reasons.ts"

interface Query {
  error: unknown
  refetch: () => unknown
}

/** The last line of the palette: what went wrong, that there is nothing, or which keys there are. */
export function PaletteFoot({
  query,
  asked,
  busy,
  found,
  onClose,
}: {
  query: Query
  asked: string
  busy: boolean
  found: number
  onClose: () => void
}) {
  const failed = asked !== "" && !busy && query.error ? wordsOf(reasonOf(query.error) ?? "INTERNAL") : undefined
  const empty = asked !== "" && !busy && !failed && found === 0
  return (
    <div className="flex min-h-11 items-center gap-4 border-t border-line px-4 text-sm text-soft">
      <p role="status" className="min-w-0 flex-1 truncate">
        {failed}
        {empty && "Nothing is found."}
        {!failed && !empty && <span className="sr-only">{busy ? "Searching" : `${found} found`}</span>}
      </p>
      {failed && <Button onClick={() => void query.refetch()}>Try again</Button>}
      {asked !== "" && (
        <Link
          href={`/search?q=${encodeURIComponent(asked)}`}
          onClick={onClose}
          className="shrink-0 py-1 text-accent underline-offset-4 hover:underline"
        >
          All results
        </Link>
      )}
      <span className="hidden items-center gap-1.5 text-xs sm:flex" aria-hidden="true">
        <Keys keys="Enter" /> open
      </span>
      <span className="hidden items-center gap-1.5 text-xs sm:flex" aria-hidden="true">
        <Keys keys="mod+Enter" /> in a tab
      </span>
    </div>
  )
}
