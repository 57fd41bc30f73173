"use client"

import { LoaderCircleIcon, StickyNoteIcon, TriangleAlertIcon, UserIcon } from "lucide-react"
import { Button } from "#shared/ui/button.tsx"
import { roleNames } from "#shared/words/role-names.ts"
import type { Outbox } from "./outbox.ts"

/** Messages that are not stored yet: behind those that are, or apart from them for who reads elsewhere. */
export function OutgoingRows({
  outbox,
  known,
  apart = false,
}: {
  outbox: Outbox
  known: ReadonlySet<string | null>
  apart?: boolean
}) {
  const items = outbox.items.filter(({ clientId }) => !known.has(clientId))
  if (items.length === 0) return null
  const rows = (
    <ol aria-label="Not stored yet">
      {items.map((item) => {
        const { clientId, role, content, failure } = item
        const Icon = role === "note" ? StickyNoteIcon : UserIcon
        return (
          <li key={clientId} className="relative rounded-card py-4 pr-1 pl-11 sm:pl-13">
            <span
              aria-hidden="true"
              className="absolute top-3.5 left-0 grid size-8 place-items-center rounded-full border border-dashed border-edge text-soft"
            >
              <Icon className="size-4" />
            </span>
            <div className="mb-1.5 flex items-center gap-2.5 text-xs text-soft">
              <span className="text-sm font-semibold text-ink">{roleNames[role]}</span>
              {!failure && (
                <span role="status" className="flex items-center gap-1.5">
                  <LoaderCircleIcon className="size-3.5 animate-spin" aria-hidden="true" />
                  sending…
                </span>
              )}
            </div>
            <p dir="auto" className={`whitespace-pre-wrap [overflow-wrap:anywhere] ${failure ? "" : "text-soft"}`}>
              {content}
            </p>
            {failure && (
              <div role="alert" className="mt-2 flex flex-wrap items-center gap-2 text-sm text-danger">
                <TriangleAlertIcon className="size-4 shrink-0" aria-hidden="true" />
                <span className="min-w-0 flex-1 basis-52">Not sent: {failure}</span>
                <Button onClick={() => outbox.retry(item)}>Send again</Button>
                <Button onClick={() => outbox.drop(clientId)}>Discard</Button>
              </div>
            )}
          </li>
        )
      })}
    </ol>
  )
  if (!apart) return rows
  return (
    <section
      aria-label="Outbox"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrow keys.
      tabIndex={0}
      className="max-h-[30dvh] overflow-y-auto border-t border-line bg-panel px-4 -outline-offset-2 md:px-8"
    >
      <div className="mx-auto w-full max-w-3xl">{rows}</div>
    </section>
  )
}
