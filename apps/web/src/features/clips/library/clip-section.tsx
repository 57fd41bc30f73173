"use client"

import { memo } from "react"
import { type ClipCard as Clip, clipKey } from "#shared/clip/clip-list.ts"
import { DrawnRows } from "#shared/collection/drawn-rows.tsx"
import type { Drawn, Place } from "#shared/collection/layout.ts"
import type { Shape } from "#shared/collection/use-measure.ts"
import { formatNumber } from "#shared/words/count.ts"
import { ClipCard, ClipGridSkeleton, cardShape, clipGrid } from "../card/clip-card.tsx"
import type { CardTools } from "../card/clip-card-parts.tsx"
import type { AddressChange, ClipAddress } from "./clip-address.ts"
import type { ClipLook } from "./clip-filter.ts"
import { ClipRow, ClipRowsSkeleton } from "./clip-rows.tsx"
import type { ClipGroup } from "./clip-sections.ts"

const Card = memo(ClipCard)
const Row = memo(ClipRow)

/** How high what the library draws is: headings as `h-15`, rows as `h-13`. */
export const shapes: Record<ClipLook["view"], Shape> = {
  cards: { ...cardShape, head: 3.75 },
  rows: { row: 3.25, head: 3.75 },
}

/** What the address says of all the clips of a group. */
function changeTo({ key }: ClipGroup, { filter, look }: ClipAddress): AddressChange {
  if (look.group === "project") return { project: key ?? null, group: null }
  if (key === null) return { untagged: "yes", group: null }
  return { tag: [...(filter.tags ?? []), key ?? ""], group: null }
}

interface Props {
  group: ClipGroup
  drawn: Drawn<Clip>
  /** Cards that stand side by side; undefined while nobody knows. */
  columns: number | undefined
  address: ClipAddress
  showProject: boolean
  tools: CardTools
  isChosen: (key: string) => boolean
  /** The clip whose name is being changed, in one of its groups. */
  renaming: Place | undefined
}

/** The clips of a group under its heading, or of the whole library. */
export function ClipSection(props: Props) {
  const { group, drawn, address } = props
  const { title, total = 0 } = group
  if (title === undefined) return <Clips {...props} />
  const shown = drawn.section.rows?.length
  return (
    <section aria-label={title} className="min-w-0" style={{ marginTop: drawn.above }}>
      <h2 className="flex h-15 items-baseline gap-2 pt-6 text-base font-semibold tracking-tight">
        <span className="min-w-0 truncate">
          {address.look.group === "tag" && group.key !== null ? `#${title}` : title}
        </span>
        <span className="font-mono text-xs font-normal text-faint">{formatNumber(total)}</span>
        {shown !== undefined && total > shown && (
          <button
            type="button"
            onClick={() => {
              address.draw({ group: "none" })
              address.go(changeTo(group, address), { leave: true })
            }}
            className="ml-auto shrink-0 text-sm font-normal text-accent hover:underline"
          >
            Show all {formatNumber(total)}
            <span className="sr-only"> of {title}</span>
          </button>
        )}
      </h2>
      <Clips {...props} />
    </section>
  )
}

function Clips({ drawn, columns, address: { look }, group, showProject, tools, isChosen, renaming }: Props) {
  const { rows, count = 0 } = drawn.section
  const areCards = look.view === "cards"
  if (!rows) return areCards ? <ClipGridSkeleton count={count} /> : <ClipRowsSkeleton count={count} />
  const Item = areCards ? Card : Row
  const beside = columns === undefined ? undefined : { gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }
  return (
    <ul
      aria-label={group.title ?? "Clips"}
      data-section={group.id}
      className={`[overflow-anchor:none] ${areCards ? clipGrid : ""}`}
      style={areCards ? beside : undefined}
    >
      <DrawnRows
        drawn={drawn}
        as="li"
        draw={(clip) => (
          <Item
            key={clipKey(clip)}
            clip={clip}
            showProject={showProject}
            selected={isChosen(clipKey(clip))}
            renaming={renaming?.section === group.id && renaming.key === clipKey(clip)}
            tools={tools}
          />
        )}
      />
    </ul>
  )
}
