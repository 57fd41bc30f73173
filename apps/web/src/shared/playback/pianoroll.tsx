"use client"

import type { Sounding } from "@strudel-agent/sandbox/protocol"
import { useEffect, useRef } from "react"
import { contextOf, useFrames } from "#shared/player/frames.ts"
import { player } from "#shared/player/open-player.ts"
import { type RollNote, rollNotes } from "./roll-notes.ts"
import { colorsOn } from "./sound-palette.ts"

/** Milliseconds in sight before and after the moment that is heard. */
const past = 4000
const ahead = 600
/** Events that are remembered; more are not told apart anyway. */
const most = 1200

function drawNotes(canvas: HTMLCanvasElement | null, notes: RollNote[], moment: number) {
  const drawing = contextOf(canvas)
  if (!drawing || !canvas) return
  const { context, width, height } = drawing
  const colors = colorsOn(canvas)
  const x = (time: number) => ((time - moment + past) / (past + ahead)) * width
  for (const { at, until, row, rows, colour, gain } of notes) {
    const high = Math.max(2, Math.min(Math.max(7, height / 16), height / rows - 1))
    const top = rows === 1 ? (height - high) / 2 : (row / (rows - 1)) * (height - high)
    const sounds = at <= moment && moment < until
    context.globalAlpha = (sounds ? 1 : at > moment ? 0.4 : 0.75) * Math.max(0.6, Math.min(1, gain))
    context.fillStyle = colors[colour % colors.length] ?? "currentcolor"
    context.fillRect(x(at), top, Math.max(2, x(until) - x(at) - 1), high)
  }
  context.globalAlpha = 1
  context.fillStyle = getComputedStyle(canvas).color
  context.fillRect(x(moment), 0, 1, height)
}

/** What was heard in the last seconds, moving to the left; higher is higher in pitch. */
export function Pianoroll({ playing, className }: { playing: boolean; className: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const events = useRef<Sounding[]>([])
  useEffect(
    () =>
      player.signals.soundings.listen((next) => {
        events.current = [...events.current, ...next].slice(-most)
      }),
    [],
  )
  useFrames(playing, (moment) => {
    events.current = playing ? events.current.filter(({ until }) => until > moment - past) : []
    drawNotes(canvas.current, rollNotes(events.current), moment)
  })
  return (
    <span aria-hidden="true" className={className}>
      <canvas ref={canvas} className="size-full text-edge" />
    </span>
  )
}
