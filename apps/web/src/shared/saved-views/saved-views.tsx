"use client"

import type { SavedView, SavedViewPage } from "@strudel-agent/contract/saved-view"
import { BookmarkPlusIcon } from "lucide-react"
import { useSearchParams } from "next/navigation"
import { useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { useActions } from "#shared/keyboard/actions.ts"
import { canonical } from "#shared/url-state/address.ts"
import { AddressLink } from "#shared/url-state/address-link.tsx"
import { useViews } from "./use-views.ts"

const ViewDialog = onDemand(() => import("./view-dialog.tsx").then((part) => part.ViewDialog))
const ViewMenu = onDemand(() => import("./view-menu.tsx").then((part) => part.ViewMenu), <span className="size-7" />)

const chip =
  "flex h-7 max-w-56 items-center gap-1.5 rounded-full px-3 text-sm text-soft hover:text-ink aria-[current]:text-ink"
const chosen = "border-edge bg-raised"

/** What each page's list is called where nothing is filtered. */
const allOf: Record<SavedViewPage, string> = { sessions: "All sessions", clips: "All clips" }

/**
 * The saved views of a list as tabs: each leads to its filters and its order, which live in the address. The one that
 * is shown is marked and can be renamed, replaced and deleted; what no view shows can be saved as one.
 */
export function SavedViews({ page }: { page: SavedViewPage }) {
  const current = canonical(useSearchParams().toString())
  const { views, replace, delete: remove } = useViews(page)
  const [lastId, setLastId] = useState<string>()
  const [dialog, setDialog] = useState<{ view: SavedView | undefined }>()

  const shown = views.find(({ search }) => canonical(search) === current)
  // The view that the filters were changed from stays marked until everything is shown again.
  const nextId = shown?.id ?? (current === "" ? undefined : lastId)
  if (nextId !== lastId) setLastId(nextId)
  const marked = views.find(({ id }) => id === nextId)
  const save = current !== "" && !shown ? () => setDialog({ view: undefined }) : undefined
  const change = marked && !shown ? () => void replace(marked, current) : undefined
  const ofMarked = marked && [
    { id: "view-rename", name: `Rename the view “${marked.name}”`, run: () => setDialog({ view: marked }) },
    { id: "view-replace", name: `Replace the view “${marked.name}” with what is shown`, run: change },
    { id: "view-delete", name: `Delete the view “${marked.name}”`, run: () => remove(marked) },
  ]
  useActions(
    [{ id: "view-save", name: "Save this view", run: save }, ...(ofMarked ?? [])].map((action) => ({
      ...action,
      group: "Views",
    })),
  )

  return (
    <nav aria-label="Views" className="flex min-h-8 flex-wrap items-center gap-1.5">
      <span
        className={`rounded-full border ${current === "" && !marked ? chosen : "border-transparent hover:bg-panel"}`}
      >
        <AddressLink search="" keep aria-current={current === "" && !marked ? "true" : undefined} className={chip}>
          {allOf[page]}
        </AddressLink>
      </span>
      {views.map((view) => {
        const isMarked = view.id === marked?.id
        return (
          <span
            key={view.id}
            className={`flex items-center rounded-full border ${isMarked ? `${chosen} [&>a]:pr-1` : "border-transparent hover:bg-panel"}`}
          >
            <AddressLink
              search={canonical(view.search)}
              keep
              onFollow={() => setLastId(view.id)}
              aria-current={isMarked ? "true" : undefined}
              className={chip}
            >
              <span className="truncate">{view.name}</span>
              {isMarked && !shown && (
                <span className="size-1.5 shrink-0 rounded-full bg-accent" title="Changed since it was saved">
                  <span className="sr-only">, changed</span>
                </span>
              )}
            </AddressLink>
            {isMarked && (
              <ViewMenu
                name={view.name}
                onRename={() => setDialog({ view })}
                onReplace={change}
                onDelete={() => remove(view)}
              />
            )}
          </span>
        )
      })}
      {save && (
        <button
          type="button"
          onClick={save}
          className="flex h-7 items-center gap-1.5 rounded-full border border-dashed border-edge px-3 text-sm text-soft hover:text-ink"
        >
          <BookmarkPlusIcon className="size-3.5" aria-hidden="true" />
          Save this view
        </button>
      )}
      {dialog && <ViewDialog page={page} search={current} view={dialog.view} onClose={() => setDialog(undefined)} />}
    </nav>
  )
}
