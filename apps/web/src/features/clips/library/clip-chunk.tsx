"use client"

import { memo, useEffect, useRef, useState } from "react"
import { type ClipCard as Clip, clipKey } from "#shared/clip/clip-list.ts"
import { ClipCard, clipGrid } from "../card/clip-card.tsx"
import type { CardTools } from "../card/clip-card-parts.tsx"
import { ClipRow } from "./clip-rows.tsx"

/** Rows that come and go together; a whole number of lines of one to four cards, so that no line is torn. */
export const chunkSize = 36

/** Pixels beyond the visible part in which clips are drawn. */
const margin = 1600

interface ChunkProps {
  clips: Clip[]
  view: "cards" | "rows"
  label: string
  showProject: boolean
  tools: CardTools
  selected: ReadonlySet<string>
  renaming: string | undefined
}

/** Tells whether an element is near the visible part, and how high it was while it was. */
function useNearness() {
  const place = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(true)
  const height = useRef(0)
  useEffect(() => {
    const element = place.current
    if (!element) return
    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1)
        if (!entry) return
        if (!entry.isIntersecting && element.contains(document.activeElement)) return
        if (!entry.isIntersecting) height.current = entry.boundingClientRect.height
        setNear(entry.isIntersecting)
      },
      { rootMargin: `${margin}px 0px` },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { place, near, height }
}

const same = (one: ChunkProps, other: ChunkProps): boolean =>
  one.view === other.view &&
  one.label === other.label &&
  one.showProject === other.showProject &&
  one.clips.length === other.clips.length &&
  one.clips.every((clip, index) => {
    const key = clipKey(clip)
    return (
      clip === other.clips[index] &&
      one.selected.has(key) === other.selected.has(key) &&
      (one.renaming === key) === (other.renaming === key)
    )
  })

/** Some clips of a list; far from the visible part nothing but their room. */
export const ClipChunk = memo(function ClipChunk(props: ChunkProps) {
  const { clips, view, label, showProject, tools, selected, renaming } = props
  const { place, near, height } = useNearness()
  const Item = view === "cards" ? ClipCard : ClipRow
  return (
    <div ref={place} style={near ? undefined : { height: height.current }}>
      {near && (
        <ul aria-label={label} className={view === "cards" ? clipGrid : ""}>
          {clips.map((clip) => (
            <Item
              key={clipKey(clip)}
              clip={clip}
              showProject={showProject}
              selected={selected.has(clipKey(clip))}
              renaming={renaming === clipKey(clip)}
              tools={tools}
            />
          ))}
        </ul>
      )}
    </div>
  )
}, same)
