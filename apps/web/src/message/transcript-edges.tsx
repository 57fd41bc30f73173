"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { type ReactNode, useRef } from "react"
import { Button } from "../ui/button.tsx"
import { words } from "../words/reasons.ts"
import type { Messages } from "./use-messages.ts"
import { useNear } from "./use-near.ts"

interface EdgeProps {
  query: Messages
  /** Whether everything that is loaded has been drawn. */
  drawn: boolean
}

const shape = "flex min-h-16 items-center justify-center gap-3 text-sm text-soft"

/** An end of what is loaded, which reads on when the reader comes near. */
function Edge({
  query: { isFetching, error },
  drawn,
  more,
  failed,
  read,
  children,
}: EdgeProps & { more: boolean; failed: boolean; read: () => unknown; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  const ready = drawn && more && !isFetching && !failed
  useNear(ref, () => void read(), ready)
  if (!failed) return <div ref={ref}>{children}</div>
  return (
    <div ref={ref} role="alert" className={shape}>
      {words[reasonOf(error) ?? "INTERNAL"]}
      <Button busy={isFetching} onClick={() => void read()}>
        Try again
      </Button>
    </div>
  )
}

/** The upper end: older messages, or the place where the session begins. */
export const Beginning = ({ query, drawn }: EdgeProps) => (
  <Edge
    query={query}
    drawn={drawn}
    more={query.hasNextPage}
    failed={query.isFetchNextPageError}
    read={query.fetchNextPage}
  >
    <p className={shape}>{query.hasNextPage ? "Reading older messages…" : "The session begins here"}</p>
  </Edge>
)

/** The lower end: newer messages where some are left. */
export const End = ({ query, drawn }: EdgeProps) => (
  <Edge
    query={query}
    drawn={drawn}
    more={query.hasPreviousPage}
    failed={query.isFetchPreviousPageError}
    read={query.fetchPreviousPage}
  >
    {query.hasPreviousPage ? <p className={shape}>Reading newer messages…</p> : <div className="h-4" />}
  </Edge>
)
