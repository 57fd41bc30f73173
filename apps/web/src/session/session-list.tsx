"use client"

import { keepPreviousData } from "@tanstack/react-query"
import { MessagesSquareIcon } from "lucide-react"
import { useSearchParams } from "next/navigation"
import { api } from "../api/trpc.ts"
import { Empty } from "../ui/empty.tsx"
import { Link } from "../ui/link.tsx"
import { Page, PageTitle } from "../ui/page.tsx"
import { PagedList } from "../ui/paged-list.tsx"
import { readSessionFilter } from "./session-filter.ts"
import { SessionFilters } from "./session-filters.tsx"
import { SessionTable, SessionTableSkeleton } from "./session-table.tsx"

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
      A session is a talk with an agent that makes music. Send one here with the client, the REST interface or the
      command line, and it appears in this list.
    </Empty>
  )
}

function Rows() {
  const { limit, ...filter } = readSessionFilter(useSearchParams())
  const query = api.session.list.useInfiniteQuery(
    { ...filter, limit },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
  )
  return (
    <PagedList
      query={query}
      what="session"
      skeleton={<SessionTableSkeleton />}
      empty={<NoSessions filtered={Object.values(filter).some(Boolean)} />}
      draw={(sessions, busy) => <SessionTable sessions={sessions} busy={busy} />}
    />
  )
}

/** The page of all sessions. */
export const SessionList = () => (
  <Page>
    <PageTitle title="Sessions" />
    <SessionFilters />
    <Rows />
  </Page>
)
