"use client"

import { useRef } from "react"
import { useFrames } from "#shared/player/frames.ts"
import { player } from "#shared/player/open-player.ts"
import { positionAt } from "#shared/player/player-signals.ts"

/** Cycles as they are counted by people: whole ones from 1, and the quarters in them. */
function inWords(cycle: number): string {
  const quarter = Math.floor(cycle * 4)
  return `${Math.floor(quarter / 4) + 1}.${(quarter % 4) + 1}`
}

/** Where it plays: the cycle and its beat; in a section of a song also how far into it. */
export function PlayPosition({ playing, sections }: { playing: boolean; sections: number }) {
  const text = useRef<HTMLSpanElement>(null)
  const line = useRef<HTMLSpanElement>(null)
  useFrames(playing, (moment) => {
    const reported = playing ? player.signals.position() : undefined
    const { cycle, into } = reported ? positionAt(reported, moment) : { cycle: 0, into: 0 }
    const shown = sections > 1 && reported ? `${inWords(into)} / ${reported.of}` : inWords(Math.max(0, cycle))
    if (text.current && text.current.textContent !== shown) text.current.textContent = shown
    const part = !reported ? 0 : sections > 1 ? into / reported.of : cycle % 1
    if (line.current) line.current.style.transform = `scaleX(${Math.max(0, Math.min(1, part)).toFixed(4)})`
  })
  return (
    <div className="flex w-15 shrink-0 flex-col gap-1 sm:w-20">
      <p className="text-right font-mono text-xs whitespace-nowrap tabular-nums sm:text-sm">
        <span className="sr-only">{sections > 1 ? "In the section: " : "Cycle "}</span>
        <span ref={text}>1.1</span>
      </p>
      <span aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-line">
        <span
          ref={line}
          className="block h-full origin-left rounded-full bg-accent"
          style={{ transform: "scaleX(0)" }}
        />
      </span>
    </div>
  )
}
