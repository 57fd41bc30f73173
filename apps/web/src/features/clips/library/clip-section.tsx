"use client"

import { useMemo, useRef } from "react"
import type { ClipCard } from "#shared/clip/clip-list.ts"
import { useNear } from "#shared/collection/use-near.ts"
import { formatNumber } from "#shared/words/count.ts"
import { ClipGridSkeleton } from "../card/clip-card.tsx"
import type { CardTools } from "../card/clip-card-parts.tsx"
import type { AddressChange, ClipAddress } from "./clip-address.ts"
import { ClipChunk, chunkSize } from "./clip-chunk.tsx"
import type { ClipLook } from "./clip-filter.ts"
import { ClipRowsSkeleton } from "./clip-rows.tsx"
import type { Section } from "./clip-sections.ts"

interface Props {
  section: Section
  look: ClipLook
  address: ClipAddress
  showProject: boolean
  tools: CardTools
  selected: ReadonlySet<string>
  renaming: string | undefined
  onNear: ((section: string) => void) | undefined
}

/** What the address says of all the clips of a group. */
function changeTo({ key }: Section, { filter, look }: ClipAddress): AddressChange {
  if (look.group === "project") return { project: key ?? null, group: null }
  if (key === null) return { untagged: "yes", group: null }
  return { tag: [...(filter.tags ?? []), key ?? ""], group: null }
}

/** The clips of a group under its heading, or of the whole library. */
export function ClipSection(props: Props) {
  const { section, look, address, onNear } = props
  const { id, title, count, clips } = section
  const place = useRef<HTMLElement>(null)
  useNear(place, () => onNear?.(id), clips === undefined && onNear !== undefined)
  const most = Math.min(count ?? 8, look.view === "cards" ? 4 : 6)
  const drawn = clips ? (
    <Chunks {...props} clips={clips} />
  ) : look.view === "cards" ? (
    <ClipGridSkeleton count={most} />
  ) : (
    <ClipRowsSkeleton count={most} />
  )
  if (title === undefined) return drawn
  return (
    <section ref={place} aria-label={title} className="flex min-w-0 flex-col gap-3">
      <h2 className="flex items-baseline gap-2 text-base font-semibold tracking-tight">
        <span className="min-w-0 truncate">{look.group === "tag" && section.key !== null ? `#${title}` : title}</span>
        {count !== undefined && <span className="font-mono text-xs font-normal text-faint">{formatNumber(count)}</span>}
        {count !== undefined && clips && count > clips.length && (
          <button
            type="button"
            onClick={() => {
              address.draw({ group: "none" })
              address.go(changeTo(section, address), { leave: true })
              window.scrollTo({ top: 0 })
            }}
            className="ml-auto shrink-0 text-sm font-normal text-accent hover:underline"
          >
            Show all {formatNumber(count)}
            <span className="sr-only"> of {title}</span>
          </button>
        )}
      </h2>
      {drawn}
    </section>
  )
}

function Chunks({ clips, section, look, showProject, tools, selected, renaming }: Props & { clips: ClipCard[] }) {
  const chunks = useMemo(
    () =>
      Array.from({ length: Math.ceil(clips.length / chunkSize) }, (_, part) =>
        clips.slice(part * chunkSize, (part + 1) * chunkSize),
      ),
    [clips],
  )
  return (
    <div className={look.view === "cards" ? "flex flex-col gap-4" : "border-t border-line"}>
      {chunks.map((chunk, part) => (
        <ClipChunk
          // biome-ignore lint/suspicious/noArrayIndexKey: a part of a list is its place.
          key={part}
          clips={chunk}
          view={look.view}
          label={`${section.title ?? "Clips"}, ${part * chunkSize + 1} to ${part * chunkSize + chunk.length}`}
          showProject={showProject}
          tools={tools}
          selected={selected}
          renaming={renaming}
        />
      ))}
    </div>
  )
}
