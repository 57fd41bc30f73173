"use client"

import { useRef } from "react"
import { useFrames } from "#shared/player/frames.ts"
import { player } from "#shared/player/open-player.ts"
import type { Playable } from "#shared/player/playable.ts"
import { positionAt } from "#shared/player/player-signals.ts"
import { usePlayer } from "#shared/player/use-player.ts"

/** How far the section and the whole of it have come, drawn at every frame. */
export function Progress({ playable, playing, section }: { playable: Playable; playing: boolean; section: number }) {
  const count = useRef<HTMLSpanElement>(null)
  const line = useRef<HTMLSpanElement>(null)
  const { sections } = playable.plan
  useFrames(playing, (moment) => {
    const position = playing ? player.signals.position() : undefined
    const length = sections[section]?.cycles ?? 1
    const into = position ? positionAt(position, moment).into : 0
    const left = Math.max(0, Math.ceil(length - into))
    const text = `${Math.min(Math.floor(into) + 1, Math.ceil(length))} / ${length} · ${left} to go`
    if (count.current && count.current.textContent !== text) count.current.textContent = text
    if (line.current) line.current.style.transform = `scaleX(${Math.min(1, into / length).toFixed(4)})`
  })
  return (
    <div className="flex flex-col gap-[0.5em] text-[clamp(1.125rem,min(4vw,5dvh),4rem)]">
      <p className="font-mono tabular-nums">
        <span className="sr-only">Bar </span>
        <span ref={count}>1</span>
      </p>
      <span aria-hidden="true" className="h-[0.35em] overflow-hidden rounded-full bg-line">
        <span ref={line} className="block h-full origin-left [transform:scaleX(0)] rounded-full bg-accent" />
      </span>
      <ol aria-hidden="true" className="flex h-[0.25em] gap-1">
        {sections.map((each, index) => (
          <li
            key={each.id}
            style={{ flexGrow: each.cycles }}
            className={`min-w-1 rounded-full ${index < section ? "bg-soft" : index === section ? "bg-accent" : "bg-line"}`}
          />
        ))}
      </ol>
    </div>
  )
}

/** The clips of a section, each a button that mutes it. */
export function Clips({ playable, section }: { playable: Playable; section: number }) {
  const muted = usePlayer((state) => state.muted)
  const keys = playable.plan.sections[section]?.clips.map(({ key }) => key) ?? []
  return (
    <ul className="flex flex-wrap gap-2 text-[clamp(1rem,min(1.25rem,5dvh),1.25rem)] min-[120rem]:text-2xl">
      {keys.map((key, index) => {
        const clip = playable.clips.find((each) => each.key === key)
        if (!clip) return null
        return (
          <li key={key} className="max-w-full">
            <button
              type="button"
              aria-pressed={!muted.has(key)}
              onClick={() => player.toggleMute(key)}
              className="flex min-h-11 max-w-full items-center gap-2.5 rounded-full border border-line bg-panel px-4 aria-[pressed=false]:text-faint aria-[pressed=false]:line-through"
            >
              <span
                aria-hidden="true"
                className="size-3 shrink-0 rounded-full bg-accent"
                style={clip.color ? { backgroundColor: clip.color } : undefined}
              />
              <span className="truncate">{clip.name}</span>
              {index < 9 && <kbd className="font-mono text-xs text-faint pointer-coarse:hidden">{index + 1}</kbd>}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
