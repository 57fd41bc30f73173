"use client"

import { LoaderCircleIcon } from "lucide-react"
import { memo } from "react"
import { Link } from "#shared/ui/link.tsx"
import { PendingHint } from "#shared/ui/pending-hint.tsx"
import { TagLink } from "#shared/ui/tag.tsx"
import { Ago } from "#shared/ui/time.tsx"
import { formatNumber } from "#shared/words/count.ts"
import type { ListedSession } from "../edits/session-edits.ts"
import { columns, roles, rowShape, shown } from "../facts/session-columns.ts"
import { sessionTags } from "../facts/session-facts.ts"
import { SessionItem } from "../facts/session-item.tsx"
import { StatusSign } from "../facts/status-sign.tsx"
import { SessionPreview } from "./session-preview.tsx"
import { type Renaming, SessionRename } from "./session-rename.tsx"

/** Tags that a row has room for. */
const mostTags = 2

function Unseen({ count }: { count: number }) {
  if (count <= 0) return null
  return (
    <span className="inline-flex shrink-0 items-center gap-1.5 rounded-full bg-wash px-2 text-xs/5 group-data-[chosen=true]:bg-canvas font-medium text-accent tabular-nums">
      <span aria-hidden="true" className="size-1.5 rounded-full bg-accent" />
      {formatNumber(count)} new
    </span>
  )
}

/** What its agent is at: an answer that is being written, and changes that wait for approval. */
function AtWork({ session: { isAnswering, waitingCount } }: { session: ListedSession }) {
  return (
    <>
      {isAnswering && (
        <span data-answering className="inline-flex shrink-0 items-center gap-1.5 text-xs/5 font-medium text-accent">
          <LoaderCircleIcon aria-hidden="true" className="size-3.5 animate-spin" />
          <span className="max-sm:sr-only">answering</span>
        </span>
      )}
      {waitingCount > 0 && (
        <span
          data-waiting={waitingCount}
          className="inline-flex shrink-0 items-center gap-1.5 rounded-full border border-accent px-2 text-xs/5 font-medium text-accent tabular-nums"
        >
          <span aria-hidden="true" className="size-1.5 rotate-45 rounded-[1px] bg-accent" />
          {formatNumber(waitingCount)}
          <span className="max-sm:sr-only"> to approve</span>
        </span>
      )}
    </>
  )
}

function Tags({ tags }: { tags: string[] }) {
  const more = tags.length - mostTags
  return (
    <>
      {tags.slice(0, mostTags).map((tag) => (
        <span key={tag} className="relative z-1 flex min-w-0">
          <TagLink tag={tag} list="/sessions" />
        </span>
      ))}
      {more > 0 && (
        <span className="shrink-0 text-xs text-faint" title={tags.slice(mostTags).join(", ")}>
          +{more}
        </span>
      )}
    </>
  )
}

/** One session of the list. What is done with it is heard of by the table. */
export const SessionRow = memo(function SessionRow({
  session,
  index,
  chosen,
  byCreation,
  renaming,
}: {
  session: ListedSession
  /** Its place among all rows of the table. */
  index: number
  chosen: boolean
  /** Whether the last column tells when the session began. */
  byCreation: boolean
  renaming: Renaming | undefined
}) {
  const { id, displayName, projectId, agentName, modelName, provider, messageCount, seenCount, status } = session
  const tags = [...new Set(sessionTags(session.metadata))]
  const unseen = messageCount - seenCount
  return (
    <tr
      {...roles.row}
      aria-rowindex={index}
      data-key={id}
      data-chosen={chosen}
      className={`group ${columns} ${rowShape} px-1 hover:bg-panel data-[chosen=true]:bg-wash`}
    >
      <td {...roles.cell} className={`${shown.choice} relative z-1 h-full select-none`}>
        <label className="-ml-1 flex h-full w-9 items-center justify-center">
          <input
            type="checkbox"
            data-choice
            aria-label={`Select ${displayName}`}
            checked={chosen}
            readOnly
            className="size-4 accent-accent"
          />
        </label>
      </td>
      <th {...roles.rowHead} className="min-w-0 text-left font-normal">
        {renaming ? (
          <SessionRename renaming={renaming} />
        ) : (
          <span className="flex min-w-0 items-center gap-2">
            <span className="md:hidden" aria-hidden="true">
              <StatusSign status={status} quiet />
            </span>
            <Link
              href={`/sessions/${id}`}
              data-row
              title={displayName}
              className={`min-w-0 truncate text-sm/6 [-webkit-touch-callout:none] after:absolute after:inset-0 group-hover:text-accent focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent ${unseen > 0 ? "font-semibold" : "font-medium"}`}
            >
              {displayName}
            </Link>
            <Unseen count={unseen} />
            <AtWork session={session} />
            <PendingHint />
          </span>
        )}
        <span className="flex min-w-0 items-center gap-2 text-[0.8125rem]/5 text-soft">
          <span className="min-w-0 truncate">
            <SessionPreview preview={session.preview} />
          </span>
          {tags.length > 0 && (
            <span className={`${shown.noTags} hidden shrink-0 items-center gap-1 md:flex min-[88rem]:hidden`}>
              <Tags tags={tags} />
            </span>
          )}
        </span>
      </th>
      <td {...roles.cell} className={shown.status}>
        <StatusSign status={status} />
      </td>
      <td {...roles.cell} className={`${shown.item} min-w-0 text-sm/5`}>
        <span className="block truncate [&_a]:relative [&_a]:z-1">
          <SessionItem session={session} />
        </span>
        {projectId && <span className="block truncate text-xs text-soft">{projectId}</span>}
      </td>
      <td {...roles.cell} className={`${shown.agent} min-w-0 text-sm/5`}>
        <span className="block truncate" title={provider ?? undefined}>
          {modelName ?? <span className="text-faint">no model</span>}
        </span>
        <span className="block truncate text-xs text-soft">{agentName}</span>
      </td>
      <td {...roles.cell} className={`${shown.tags} min-w-0 items-center gap-1`}>
        <Tags tags={tags} />
      </td>
      <td {...roles.cell} className={`${shown.messages} text-right font-mono text-[0.8125rem] tabular-nums`}>
        {formatNumber(messageCount)}
      </td>
      <td {...roles.cell} className="text-right text-[0.8125rem]/5 text-soft">
        <span className="relative z-1">
          <Ago at={byCreation ? session.createdAt : session.lastActivity} />
        </span>
        <span className="block font-mono text-xs text-faint tabular-nums md:hidden">
          {formatNumber(messageCount)}
          <span className="sr-only"> messages</span>
        </span>
      </td>
    </tr>
  )
})
