"use client"

import { FolderInputIcon, type LucideIcon, PaletteIcon, TagIcon, Trash2Icon, XIcon } from "lucide-react"
import { useEffect, useRef } from "react"
import type { ClipCard } from "#shared/clip/clip-list.ts"
import { countOf } from "#shared/words/count.ts"
import { ColorPanel, TagPanel } from "./clip-bulk-panels.tsx"
import type { ClipChanges } from "./clip-changes.ts"

export type BulkPanel = "tags" | "color"

function Act({
  icon: Icon,
  name,
  keys,
  open,
  danger = false,
  onAct,
}: {
  icon: LucideIcon
  name: string
  keys: string
  /** Whether its panel is open, where it has one. */
  open?: boolean
  danger?: boolean
  onAct: () => void
}) {
  return (
    <button
      type="button"
      aria-keyshortcuts={keys}
      aria-expanded={open}
      title={`${name} (${keys})`}
      onClick={onAct}
      className={`flex h-9 items-center gap-2 rounded-md px-2.5 text-sm hover:bg-wash aria-expanded:bg-wash ${danger ? "text-danger" : ""}`}
    >
      <Icon className="size-4" aria-hidden="true" />
      <span className="sr-only sm:not-sr-only">{name}</span>
      <span aria-hidden="true" className="hidden font-mono text-xs text-faint lg:inline">
        {keys}
      </span>
    </button>
  )
}

/** What can be done with the selected clips. It floats above the end of the page, so the list stays where it is. */
export function ClipBulkBar({
  clips,
  tags,
  panel,
  changes,
  onPanel,
  onMove,
  onDelete,
  onClear,
}: {
  clips: ClipCard[]
  /** Tags to suggest. */
  tags: string[]
  panel: BulkPanel | undefined
  changes: ClipChanges
  onPanel: (panel: BulkPanel | undefined) => void
  onMove: () => void
  onDelete: () => void
  onClear: () => void
}) {
  const bar = useRef<HTMLDivElement>(null)
  const opener = useRef<Element>(null)
  useEffect(() => {
    if (panel) {
      opener.current = document.activeElement
      bar.current?.querySelector<HTMLElement>("[data-panel] input, [data-panel] button")?.focus()
    } else if (opener.current instanceof HTMLElement) {
      opener.current.focus()
      opener.current = null
    }
  }, [panel])
  return (
    <div
      ref={bar}
      className="fixed inset-x-3 bottom-[calc(4.25rem+var(--player)+env(safe-area-inset-bottom))] z-30 mx-auto flex w-max max-w-[calc(100vw-1.5rem)] flex-col items-stretch gap-2 md:bottom-[calc(1.25rem+var(--player))] md:left-[4.5rem] rail:left-[13.5rem] [body:has([data-sonner-toast])_&]:bottom-[calc(8rem+var(--player))] md:[body:has([data-sonner-toast])_&]:bottom-[calc(5.5rem+var(--player))] [transition-property:none] [body:not(:has([data-sonner-toast]))_&:hover]:[transition:bottom_0s_1000s]"
    >
      {panel && (
        // biome-ignore lint/a11y/noStaticElementInteractions: escape closes the panel from whichever of its fields.
        <div
          data-panel
          className="mx-auto w-max rounded-xl border border-edge bg-raised p-3 shadow-2xl"
          onKeyDown={(event) => {
            if (event.key !== "Escape") return
            event.preventDefault()
            event.stopPropagation()
            onPanel(undefined)
          }}
        >
          {panel === "tags" ? (
            <TagPanel
              clips={clips}
              suggestions={tags}
              onChange={(add, remove) => void changes.tag(clips, add, remove)}
            />
          ) : (
            <ColorPanel
              clips={clips}
              onChange={(color) => {
                onPanel(undefined)
                void changes.color(clips, color)
              }}
            />
          )}
        </div>
      )}
      <div
        role="toolbar"
        aria-label="Selected clips"
        className="mx-auto flex items-center gap-0.5 rounded-xl border border-edge bg-raised p-1 shadow-2xl"
      >
        <p role="status" className="pr-2 pl-3 text-sm font-medium whitespace-nowrap">
          {clips.length}
          <span className="sr-only sm:not-sr-only"> selected</span>
          <span className="sr-only">{`, ${countOf(clips.length, "clip")}`}</span>
        </p>
        <Act
          icon={TagIcon}
          name="Tag"
          keys="T"
          open={panel === "tags"}
          onAct={() => onPanel(panel === "tags" ? undefined : "tags")}
        />
        <Act
          icon={PaletteIcon}
          name="Colour"
          keys="P"
          open={panel === "color"}
          onAct={() => onPanel(panel === "color" ? undefined : "color")}
        />
        <Act icon={FolderInputIcon} name="Move" keys="M" onAct={onMove} />
        <Act icon={Trash2Icon} name="Delete" keys="#" danger onAct={onDelete} />
        <button
          type="button"
          aria-label="Select none"
          title="Select none (Esc)"
          aria-keyshortcuts="Escape"
          onClick={onClear}
          className="grid size-9 place-items-center rounded-md text-soft hover:bg-wash hover:text-ink"
        >
          <XIcon className="size-4" aria-hidden="true" />
        </button>
      </div>
    </div>
  )
}
