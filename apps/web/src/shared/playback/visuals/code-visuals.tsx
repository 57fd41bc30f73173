"use client"

import { useEffect, useLayoutEffect, useRef, useState } from "react"
import { visualCalls, visualSize } from "#shared/editor/visual-calls.ts"
import { visualNames } from "#shared/editor/visual-names.ts"
import { player } from "#shared/player/open-player.ts"
import { holdRows } from "#shared/ui/hold-rows.ts"
import { VisualDrawing } from "./visual-drawing.ts"

const lineOf = (code: string, place: number): number => code.slice(0, place).split("\n").length

/**
 * What read code has drawn, given as it is heard. With `scrollsIntoView` its block is brought wholly into view once, unless
 * it is out of sight.
 */
export function CodeVisuals({ code, id, scrollsIntoView }: { code: string; id: string; scrollsIntoView: boolean }) {
  const list = useRef<HTMLDivElement>(null)
  const [visuals] = useState(() => visualCalls(code).map((call, place) => ({ ...call, id: place })))

  useEffect(() => {
    const inSight = new Set<HTMLCanvasElement>()
    const drawing = new VisualDrawing({
      ...{ key: id, player, visuals: () => visuals, canvases: () => inSight },
      inLoaded: (place) => place,
      inText: (place) => place,
    })
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (target instanceof HTMLCanvasElement) inSight[isIntersecting ? "add" : "delete"](target)
      }
      drawing.wake()
    })
    for (const canvas of list.current?.querySelectorAll("canvas") ?? []) observer.observe(canvas)
    return () => {
      observer.disconnect()
      drawing.end()
    }
  }, [id, visuals])

  useLayoutEffect(() => (list.current ? holdRows(list.current) : undefined), [])

  useEffect(() => {
    const block = list.current?.parentElement
    if (!scrollsIntoView || !block) return
    // Who has scrolled away from it stays where they are.
    const observer = new IntersectionObserver((entries) => {
      observer.disconnect()
      if (entries.some(({ isIntersecting }) => isIntersecting)) block.scrollIntoView({ block: "nearest" })
    })
    observer.observe(block)
    return () => observer.disconnect()
  }, [scrollsIntoView])

  if (visuals.length === 0) return null
  return (
    <div ref={list} className="flex basis-full flex-wrap gap-x-4 gap-y-2 px-3 py-2">
      {visuals.map((visual) => {
        const { width, height } = visualSize(visual)
        const line = lineOf(code, visual.to)
        return (
          <div key={visual.id} className="min-w-0 text-xs text-soft">
            <span aria-hidden="true">line {line}</span>
            <canvas
              data-visual={visual.id}
              role="img"
              aria-label={`${visualNames[visual.kind]} of line ${line}`}
              style={{ width, height }}
              className="mt-1 block max-w-full rounded-md bg-canvas/60 text-ink"
            />
          </div>
        )
      })}
    </div>
  )
}
