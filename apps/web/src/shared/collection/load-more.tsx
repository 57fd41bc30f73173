"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { Button } from "#shared/ui/button.tsx"
import { wordsOf } from "#shared/words/reasons.ts"

interface Pages {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  isFetchNextPageError: boolean
  error: unknown
  fetchNextPage: () => unknown
}

/** Reads on in a list; nothing after its last page. */
export function LoadMore({ pages }: { pages: Pages }) {
  if (!pages.hasNextPage) return null
  return (
    <div className="flex flex-col items-center gap-2 py-6">
      {pages.isFetchNextPageError && (
        <p role="alert" className="text-sm text-danger">
          {wordsOf(reasonOf(pages.error) ?? "INTERNAL")}
        </p>
      )}
      <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        {pages.isFetchNextPageError ? "Try again" : "Load more"}
      </Button>
    </div>
  )
}
