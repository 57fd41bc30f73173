"use client"

import { FolderInputIcon, PaletteIcon, TagIcon, Trash2Icon } from "lucide-react"
import { useEffect, useRef } from "react"
import type { ClipCard } from "#shared/clip/clip-list.ts"
import { BulkAct, BulkBar } from "#shared/collection/bulk-bar.tsx"
import { ColorPanel, TagPanel } from "./clip-bulk-panels.tsx"
import type { ClipChanges } from "./clip-changes.ts"

export type BulkPanel = "tags" | "color"

/** What can be done with the selected clips. */
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
    <BulkBar
      ref={bar}
      what="clip"
      count={clips.length}
      onClear={onClear}
      panel={
        panel && (
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
        )
      }
    >
      <BulkAct
        icon={TagIcon}
        name="Tag"
        keys="T"
        open={panel === "tags"}
        onAct={() => onPanel(panel === "tags" ? undefined : "tags")}
      />
      <BulkAct
        icon={PaletteIcon}
        name="Colour"
        keys="P"
        open={panel === "color"}
        onAct={() => onPanel(panel === "color" ? undefined : "color")}
      />
      <BulkAct icon={FolderInputIcon} name="Move" keys="M" onAct={onMove} />
      <BulkAct icon={Trash2Icon} name="Delete" keys="#" danger onAct={onDelete} />
    </BulkBar>
  )
}
