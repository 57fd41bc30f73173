"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { useRef } from "react"
import { Button } from "../ui/button.tsx"
import { words } from "../words/reasons.ts"
import type { Messages } from "./use-messages.ts"
import { useNear } from "./use-near.ts"

const edge = "flex min-h-16 items-center justify-center gap-3 text-sm text-soft"

/** The upper end of what is loaded: reads on before one gets there, and says where the session begins. */
export function Beginning({ query }: { query: Messages }) {
  const { hasNextPage, isFetchNextPageError, isFetching, fetchNextPage, data, error } = query
  const ref = useRef<HTMLDivElement>(null)
  useNear(
    ref,
    () => {
      if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage()
    },
    `${data?.pages.at(-1)?.messages[0]?.messageIndex} ${isFetching}`,
  )
  if (isFetchNextPageError) {
    return (
      <div ref={ref} role="alert" className={edge}>
        {words[reasonOf(error) ?? "INTERNAL"]}
        <Button busy={isFetching} onClick={() => void fetchNextPage()}>
          Try again
        </Button>
      </div>
    )
  }
  return (
    <div ref={ref} className={edge}>
      {hasNextPage ? "Reading older messages…" : "The session begins here"}
    </div>
  )
}

/** The lower end of what is loaded: reads on where newer messages are left. */
export function End({ query }: { query: Messages }) {
  const { hasPreviousPage, isFetchPreviousPageError, isFetching, fetchPreviousPage, data, error } = query
  const ref = useRef<HTMLDivElement>(null)
  useNear(
    ref,
    () => {
      if (hasPreviousPage && !isFetching && !isFetchPreviousPageError) void fetchPreviousPage()
    },
    `${data?.pages[0]?.messages.at(-1)?.messageIndex} ${isFetching} ${hasPreviousPage}`,
  )
  if (isFetchPreviousPageError) {
    return (
      <div ref={ref} role="alert" className={edge}>
        {words[reasonOf(error) ?? "INTERNAL"]}
        <Button busy={isFetching} onClick={() => void fetchPreviousPage()}>
          Try again
        </Button>
      </div>
    )
  }
  return (
    <div ref={ref} className={hasPreviousPage ? edge : "h-4"}>
      {hasPreviousPage && "Reading newer messages…"}
    </div>
  )
}
