"use client"

import type { SearchHit } from "@strudel-agent/contract/search"
import { markHits } from "@strudel-agent/contract/search/highlight"
import { Link } from "#shared/ui/link.tsx"
import { PendingHint } from "#shared/ui/pending-hint.tsx"
import { Ago } from "#shared/ui/time.tsx"
import { hitHref } from "./hit-href.ts"
import { iconOf } from "./kinds.ts"
import { Marked } from "./marked.tsx"

/** One hit of the search page: its name leads to it, and below stands the text that was hit. */
export function HitRow({ hit, pattern }: { hit: SearchHit; pattern: RegExp | undefined }) {
  const { kind, title, note, snippet, line, at } = hit
  const Icon = iconOf(kind)
  return (
    <li className="group relative flex items-start gap-4 border-b border-line py-3.5 hover:bg-panel">
      <Icon className="mt-1 size-4 shrink-0 text-faint group-hover:text-accent" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <h3 className="truncate font-medium">
          <Link
            href={hitHref(hit)}
            data-row
            className="after:absolute after:inset-0 group-hover:text-accent focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            <Marked parts={markHits(title, kind === "message" ? undefined : pattern)} />{" "}
            <PendingHint className="inline-block align-middle" />
          </Link>
        </h3>
        {snippet.length > 0 && (
          <p
            className={`[overflow-wrap:anywhere] text-soft ${kind === "clip" ? "line-clamp-1 font-mono text-[0.8125rem]/6" : "line-clamp-2 text-sm/6"}`}
          >
            {line !== null && <span className="mr-2.5 text-faint select-none">:{line}</span>}
            <Marked parts={snippet} />
          </p>
        )}
      </div>
      <p className="max-w-[40%] shrink-0 text-right text-xs/6 text-soft">
        <span className="block truncate">{note}</span>
        <span className="relative z-1">
          <Ago at={at} />
        </span>
      </p>
    </li>
  )
}
