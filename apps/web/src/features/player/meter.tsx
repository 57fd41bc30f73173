"use client"

import { useEffect, useRef } from "react"
import { contextOf, useFrames } from "#shared/player/frames.ts"
import { player } from "#shared/player/open-player.ts"
import type { Level } from "#shared/player/player-signals.ts"

/** How much of the level is left after a frame: it rises at once and falls slowly. */
const fall = 0.88

/** The least that the meter shows, in decibels below the loudest. */
const floor = -54
/** How much a quiet wave is drawn larger than it is, at most. */
const zoom = 5

/** A level as ears compare them: from 0 for what is hardly heard to 1. */
const asHeight = (peak: number): number =>
  peak <= 0 ? 0 : Math.max(0, Math.min(1, 1 - (20 * Math.log10(peak)) / floor))

function drawWave(canvas: HTMLCanvasElement | null, { peak, wave }: Level) {
  const drawing = contextOf(canvas)
  if (!drawing || !canvas) return
  const { context, width, height } = drawing
  context.strokeStyle = getComputedStyle(canvas).color
  context.lineWidth = 1.5
  const scale = 0.46 * Math.min(zoom, 0.9 / Math.max(peak, 0.05))
  context.beginPath()
  wave.forEach((sample, index) => {
    const x = (index / (wave.length - 1)) * width
    const y = (0.5 - Math.max(-0.48, Math.min(0.48, sample * scale))) * height
    if (index === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
  context.stroke()
}

const silence: Level = { peak: 0, rms: 0, wave: new Float32Array(256) }

/** How loud it is, and the wave that is heard. It tells nothing that is not heard, so screen readers pass it over. */
export function Meter({ playing }: { playing: boolean }) {
  const bar = useRef<HTMLSpanElement>(null)
  const scope = useRef<HTMLCanvasElement>(null)
  const level = useRef(silence)
  const shown = useRef(0)
  useEffect(() => player.signals.levels.listen((next) => (level.current = next)), [])
  useFrames(playing, () => {
    const heard = playing ? level.current : silence
    shown.current = playing ? Math.max(heard.peak, shown.current * fall) : 0
    if (bar.current) bar.current.style.transform = `scaleY(${asHeight(shown.current).toFixed(3)})`
    drawWave(scope.current, heard)
  })
  return (
    <div aria-hidden="true" className="flex h-9 shrink-0 items-stretch gap-1.5">
      <canvas ref={scope} className="w-20 text-accent max-sm:hidden" />
      <span className="relative w-1.5 overflow-hidden rounded-full bg-line">
        <span
          ref={bar}
          data-meter
          className="absolute inset-0 origin-bottom rounded-full bg-accent"
          style={{ transform: "scaleY(0)" }}
        />
      </span>
    </div>
  )
}
