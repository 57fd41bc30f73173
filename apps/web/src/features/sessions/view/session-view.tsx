"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { PanelRightIcon } from "lucide-react"
import { useSearchParams } from "next/navigation"
import { type ComponentType, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { type Opening, openingOf } from "#shared/transcript/message-page.ts"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { countOf } from "#shared/words/count.ts"
import { StatusSign } from "../facts/status-sign.tsx"
import { SessionPanel } from "./session-panel.tsx"

/** What a session's page shows of what was said, which is the transcript's to draw. */
export interface SessionParts {
  Transcript: ComponentType<{ session: Outputs["session"]["byId"]; opening: Opening }>
  TranscriptSkeleton: ComponentType
  ClipsAt: ComponentType<{ sessionId: string; messageIndex: number }>
}

/** The page of one session: its transcript, and beside it what is known of it. */
export function SessionView({
  id,
  parts: { Transcript, TranscriptSkeleton, ClipsAt },
}: {
  id: string
  parts: SessionParts
}) {
  const query = api.session.byId.useQuery({ id })
  const opening = openingOf(useSearchParams())
  const [open, setOpen] = useState(false)
  if (query.isPending) {
    return (
      <div className="h-[calc(100dvh-6.75rem-var(--player))] md:h-[calc(100dvh-var(--player))]">
        <TranscriptSkeleton />
      </div>
    )
  }
  if (!query.data) return <FailedQuery query={query} />
  const session = query.data
  return (
    <div className="grid h-[calc(100dvh-6.75rem-var(--player))] grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)] pb-[env(safe-area-inset-bottom)] md:h-[calc(100dvh-var(--player))] xl:grid-cols-[minmax(0,1fr)_19rem]">
      <header className="flex items-center gap-3 border-b border-line px-4 py-2.5 md:px-8 md:py-4">
        <div className="min-w-0 flex-1">
          <h1
            dir="auto"
            className="truncate text-lg font-semibold tracking-tight md:text-xl"
            title={session.displayName}
          >
            {session.displayName}
          </h1>
          <p className="flex items-center gap-x-3 text-sm text-soft">
            <StatusSign status={session.status} />
            <span className="whitespace-nowrap">{countOf(session.messageCount, "message")}</span>
            <span className="hidden truncate sm:inline">
              {[session.agentName, session.modelName].filter(Boolean).join(" · ")}
            </span>
          </p>
        </div>
        <button
          type="button"
          aria-expanded={open}
          aria-controls="session-panel"
          onClick={() => setOpen(!open)}
          className="flex h-9 items-center gap-2 rounded-md border border-line bg-raised px-3 text-sm hover:border-edge xl:hidden"
        >
          <PanelRightIcon className="size-4" aria-hidden="true" />
          Details
        </button>
      </header>
      <aside
        id="session-panel"
        aria-label="About this session"
        className={`${open ? "block" : "hidden"} row-start-2 overflow-y-auto border-line bg-panel xl:col-start-2 xl:row-span-2 xl:row-start-1 xl:block xl:border-l`}
      >
        <SessionPanel session={session} ClipsAt={ClipsAt} />
      </aside>
      <div className={`row-start-2 min-h-0 ${open ? "hidden xl:block" : ""}`}>
        <h2 className="sr-only">Messages</h2>
        <Transcript key={id} session={session} opening={opening} />
      </div>
    </div>
  )
}
