"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { ArrowDownIcon, ArrowUpIcon, MessagesSquareIcon } from "lucide-react"
import { memo, useDeferredValue, useEffect, useLayoutEffect, useRef, useState } from "react"
import type { LinkBase } from "../markdown/item-link.ts"
import { Empty } from "../ui/empty.tsx"
import { FailedQuery } from "../ui/failed-query.tsx"
import { Link } from "../ui/link.tsx"
import { KeepPlace } from "./keep-place.tsx"
import { MessageItem } from "./message-item.tsx"
import { Beginning, End } from "./transcript-edges.tsx"
import { TranscriptSkeleton } from "./transcript-skeleton.tsx"
import { useMessages } from "./use-messages.ts"
import { useScrollKeys } from "./use-scroll-keys.ts"

type Page = Outputs["message"]["list"]
type Session = Outputs["session"]["byId"]

const PageRows = memo(function PageRows({
  page,
  base,
  at,
}: {
  page: Page
  base: LinkBase | undefined
  at: number | undefined
}) {
  return page.messages.map((message) => (
    <MessageItem key={message.messageIndex} message={message} base={base} marked={message.messageIndex === at} />
  ))
})

function Jumps({ session, away, toEnd }: { session: Session; away: boolean; toEnd: (() => void) | undefined }) {
  const shape =
    "flex h-9 items-center gap-2 rounded-full border border-line bg-raised px-3.5 text-sm shadow-lg hover:border-edge"
  if (!away) return null
  return (
    <div className="absolute inset-x-0 bottom-4 flex justify-center gap-2">
      <Link href={`/sessions/${session.id}?at=0#m-0`} className={shape}>
        <ArrowUpIcon className="size-4" aria-hidden="true" />
        Beginning
      </Link>
      {toEnd ? (
        <button type="button" onClick={toEnd} className={shape}>
          <ArrowDownIcon className="size-4" aria-hidden="true" />
          Latest
        </button>
      ) : (
        <Link href={`/sessions/${session.id}`} className={shape}>
          <ArrowDownIcon className="size-4" aria-hidden="true" />
          Latest
        </Link>
      )}
    </div>
  )
}

/** Pixels from the end within which one still counts as being there. */
const endZone = 400

/**
 * The messages of a session. What scrolls is laid out from its end (`column-reverse`), so it opens there before any
 * script runs, and what is added above moves nothing, in any browser.
 */
export function Transcript({ session, at }: { session: Session; at: number | undefined }) {
  const query = useMessages(session, at)
  const scroller = useRef<HTMLElement>(null)
  const [away, setAway] = useState(false)
  // A page of messages takes a while to draw: it is drawn piece by piece between two frames, so that scrolling goes on.
  const pages = useDeferredValue(query.data?.pages)
  const drawn = pages === query.data?.pages
  useScrollKeys(scroller)

  const found =
    at !== undefined && pages?.some(({ messages }) => messages.some((message) => message.messageIndex === at))
  const shown = useRef<number>(undefined)
  useLayoutEffect(() => {
    if (!found || shown.current === at) return
    shown.current = at
    document.getElementById(`m-${at}`)?.scrollIntoView({ block: "start" })
  }, [at, found])
  useEffect(() => {
    const element = scroller.current
    if (element) setAway(element.scrollTop < -endZone)
  }, [])

  if (query.isError && !query.data) return <FailedQuery query={query} />
  if (!pages) return <TranscriptSkeleton />
  if (pages.every(({ messages }) => messages.length === 0)) {
    return (
      <div className="p-6">
        <Empty icon={MessagesSquareIcon} title="Nothing has been said yet" />
      </div>
    )
  }
  const base = session.projectId ? ({ projectId: session.projectId, folder: "" } as const) : undefined
  return (
    <div className="relative h-full">
      <section
        ref={scroller}
        data-transcript
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrow keys.
        tabIndex={0}
        aria-label="Messages"
        onScroll={({ currentTarget }) => setAway(currentTarget.scrollTop < -endZone)}
        className="flex h-full flex-col-reverse overflow-y-auto overscroll-contain px-4 -outline-offset-2 [overflow-anchor:none] md:px-8"
      >
        <div className="mx-auto mb-auto w-full max-w-3xl">
          <KeepPlace scroller={() => scroller.current} follow={!query.hasPreviousPage}>
            <Beginning query={query} drawn={drawn} />
            <ol>
              {pages.toReversed().map((page) => (
                <PageRows key={page.messages[0]?.messageIndex ?? "empty"} page={page} base={base} at={at} />
              ))}
            </ol>
            <End query={query} drawn={drawn} />
          </KeepPlace>
        </div>
      </section>
      <Jumps
        session={session}
        away={away || query.hasPreviousPage}
        toEnd={query.hasPreviousPage ? undefined : () => scroller.current?.scrollTo({ top: 0 })}
      />
    </div>
  )
}
