"use client"

import { type SequenceKind, sequenceParts } from "@strudel-agent/contract/item"
import { Trash2Icon } from "lucide-react"
import type { ReactNode } from "react"
import { RowCollection } from "#shared/collection/row-collection.tsx"
import { Row } from "#shared/collection/row-list.tsx"
import { RowMenu } from "#shared/items/row-menu.tsx"
import { summaryOf } from "#shared/markdown/summary.ts"
import { PlayButton } from "#shared/playback/play-button.tsx"
import { itemKey, itemPath } from "#shared/url-state/item-link.ts"
import { countOf } from "#shared/words/count.ts"

interface SequenceRow {
  projectId: string
  id: string
  name: string
  body: string
  updatedAt: string
}

export interface RowsShown {
  busy?: boolean
  /** Another text for each list that is another one. */
  reset?: string
  readOn?: (() => unknown) | undefined
  showProject?: boolean
}

/** The key by which a song or playlist is known while it is being deleted. */
export const sequenceKey =
  (kind: SequenceKind) =>
  ({ projectId, id }: { projectId: string; id: string }): string =>
    itemKey({ itemType: kind, projectId, itemId: id })

/** Songs or playlists, one a row. */
export function SequenceRows<Sequence extends SequenceRow>({
  kind,
  rows,
  partsOf,
  pictureOf,
  onDelete,
  busy = false,
  reset = "",
  readOn,
  showProject = true,
}: RowsShown & {
  kind: SequenceKind
  rows: Sequence[]
  /** The ids of what stands in one, in order. */
  partsOf: (row: Sequence) => string[]
  pictureOf?: (row: Sequence) => ReactNode
  onDelete: (row: Sequence) => void
}) {
  const keyOf = sequenceKey(kind)
  return (
    <RowCollection
      rows={rows}
      keyOf={keyOf}
      what={kind}
      busy={busy}
      reset={reset}
      readOn={readOn}
      draw={(row) => {
        const { projectId, name } = row
        const item = { itemType: kind, projectId, itemId: row.id } as const
        return (
          <Row
            key={keyOf(row)}
            id={keyOf(row)}
            href={itemPath(item)}
            name={name}
            play={<PlayButton item={item} name={name} size="small" />}
            note={[showProject && projectId, summaryOf(row.body)].filter(Boolean).join(" · ")}
            picture={pictureOf?.(row)}
            facts={countOf(partsOf(row).length, sequenceParts[kind].part)}
            changed={row.updatedAt}
            onDelete={() => onDelete(row)}
            menu={
              <RowMenu
                label={`What to do with ${name}`}
                draw={({ MenuItem }) => (
                  <MenuItem icon={Trash2Icon} danger onSelect={() => onDelete(row)}>
                    Delete
                  </MenuItem>
                )}
              />
            }
          />
        )
      }}
    />
  )
}
