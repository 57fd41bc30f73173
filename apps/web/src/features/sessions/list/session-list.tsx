"use client"

import { getQueryKey } from "@trpc/react-query"
import { ListChecksIcon, MessagesSquareIcon, PlusIcon } from "lucide-react"
import { useSearchParams } from "next/navigation"
import { useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { LoadMore } from "#shared/collection/load-more.tsx"
import { usePages } from "#shared/collection/use-pages.ts"
import { ImportButton } from "#shared/import-request/import-button.tsx"
import { useNew } from "#shared/items/use-new.ts"
import { SavedViews } from "#shared/saved-views/saved-views.tsx"
import { Button } from "#shared/ui/button.tsx"
import { useNow, useTimeZone } from "#shared/ui/clock.tsx"
import { Empty } from "#shared/ui/empty.tsx"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Page, PageTitle } from "#shared/ui/page.tsx"
import { Loading } from "#shared/ui/skeleton.tsx"
import { sessionKey } from "../edits/session-edits.ts"
import { readSessionFilter } from "../filter/session-filter.ts"
import { SessionFilters } from "../filter/session-filters.tsx"
import { SessionRows } from "./session-rows.tsx"
import { SessionTableSkeleton } from "./session-skeleton.tsx"

const FirstSteps = onDemand(() => import("#shared/first-steps/first-steps.tsx").then((part) => part.FirstSteps))
const SessionNewDialog = onDemand(() => import("./session-new-dialog.tsx").then((part) => part.SessionNewDialog))

/** Sessions of a library that is new: it has no more than the samples, and a first one or two. */
const mostOfNew = 6

function NoSessions({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty icon={MessagesSquareIcon} title="No session fits these filters">
        <Link href="/sessions" className="text-accent underline underline-offset-4">
          Show all sessions
        </Link>
      </Empty>
    )
  }
  return (
    <Empty icon={MessagesSquareIcon} title="No sessions yet">
      A session is a talk with an agent that makes music. It appears here as soon as an agent, or you, begin one.
    </Empty>
  )
}

function Rows({ choosing, onChoosing }: { choosing: boolean; onChoosing: (choosing: boolean) => void }) {
  const input = readSessionFilter(useSearchParams(), { now: useNow(), timeZone: useTimeZone() })
  const { client } = api.useUtils()
  const { query, rows, onDrawn } = usePages({
    queryKey: getQueryKey(api.session.list, input, "infinite"),
    read: (range, signal) => client.session.list.query({ ...input, ...range }, { signal }),
    keyOf: sessionKey,
  })
  if (query.isPending) {
    return (
      <>
        <Loading what="sessions" />
        <SessionTableSkeleton />
      </>
    )
  }
  if (!rows) return <FailedQuery query={query} />
  const { limit, sort, ascending, ...filter } = input
  const filtered = Object.values(filter).some((value) => value !== undefined)
  const { hasNextPage, isFetching, isFetchNextPageError, isPlaceholderData, fetchNextPage } = query
  return (
    <div>
      <SessionRows
        read={rows}
        complete={!hasNextPage}
        onDrawn={onDrawn}
        readOn={hasNextPage && !isFetching && !isFetchNextPageError ? fetchNextPage : undefined}
        input={input}
        empty={<NoSessions filtered={filtered} />}
        busy={isPlaceholderData}
        choosing={choosing}
        onChoosing={onChoosing}
      />
      <LoadMore pages={query} />
      {!filtered && !hasNextPage && rows.length <= mostOfNew && (
        <div className="mt-10">
          <FirstSteps />
        </div>
      )}
    </div>
  )
}

/** The page of all sessions. */
export function SessionList() {
  const [choosing, setChoosing] = useState(false)
  const creation = useNew("session")
  return (
    <Page>
      <div className="flex items-end justify-between gap-4">
        <PageTitle title="Sessions" />
        <div className="flex gap-2">
          <Button aria-pressed={choosing} onClick={() => setChoosing(!choosing)} className="md:hidden">
            <ListChecksIcon aria-hidden="true" />
            {choosing ? "Done" : "Select"}
          </Button>
          <ImportButton small />
          <Button onClick={() => creation.setOpen(true)}>
            <PlusIcon aria-hidden="true" />
            <span className="sr-only sm:not-sr-only">New session</span>
          </Button>
        </div>
      </div>
      <div className="flex flex-col gap-4">
        <SavedViews page="sessions" />
        <SessionFilters />
      </div>
      <Rows choosing={choosing} onChoosing={setChoosing} />
      {creation.open && <SessionNewDialog onClose={() => creation.setOpen(false)} />}
    </Page>
  )
}
