"use client"

import { DownloadIcon, FileDiffIcon, LoaderCircleIcon, LocateIcon, PlayIcon } from "lucide-react"
import { type ReactNode, type RefObject, useEffect, useState } from "react"
import { formatNumber } from "#shared/words/count.ts"
import { firstRowInSight, indexOfRow } from "../message/visible-rows.ts"

const shape =
  "flex h-8 items-center gap-1.5 rounded-md border border-line px-2.5 text-xs whitespace-nowrap text-soft hover:border-edge hover:text-ink aria-pressed:border-accent aria-pressed:bg-wash aria-pressed:text-accent [&_svg]:size-3.5"

/** The number of the first message in sight. It draws itself alone while the transcript scrolls. */
function Place({ scroller, rows }: { scroller: RefObject<HTMLElement | null>; rows: unknown }) {
  const [index, setIndex] = useState<number>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows have another first one in sight.
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let frame = 0
    const look = () => {
      frame = 0
      const row = firstRowInSight(element)
      setIndex(row && indexOfRow(row))
    }
    const soon = () => {
      frame ||= requestAnimationFrame(look)
    }
    soon()
    element.addEventListener("scroll", soon, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      element.removeEventListener("scroll", soon)
    }
  }, [scroller, rows])
  return index === undefined ? "Go to…" : `#${formatNumber(index)}`
}

/** What of a transcript is shown and where, and what can be done with the whole of it. */
export function TranscriptBar({
  scroller,
  rows,
  count,
  changedCode,
  busy,
  replaying,
  onChangedCode,
  onGo,
  onReplay,
  onExport,
}: {
  scroller: RefObject<HTMLElement | null>
  /** What is drawn; another value where rows came or went. */
  rows: unknown
  count: number
  changedCode: boolean
  busy: boolean
  replaying: boolean
  onChangedCode: () => void
  onGo: () => void
  onReplay: () => void
  onExport: () => void
}): ReactNode {
  return (
    <div className="border-b border-line px-4 py-1.5 md:px-8">
      <div className="mx-auto flex w-full max-w-3xl items-center gap-2">
        <button type="button" aria-pressed={changedCode} onClick={onChangedCode} className={shape}>
          <FileDiffIcon aria-hidden="true" />
          Changed code
        </button>
        <button type="button" aria-haspopup="dialog" onClick={onGo} className={`${shape} tabular-nums`}>
          <LocateIcon aria-hidden="true" />
          <span className="sr-only">Go to another message; first in sight is </span>
          <Place scroller={scroller} rows={rows} />
          <span className="hidden text-faint sm:inline">of {formatNumber(count)}</span>
        </button>
        {busy && (
          <span role="status" className="flex items-center gap-1.5 text-xs text-soft">
            <LoaderCircleIcon className="size-3.5 animate-spin" aria-hidden="true" />
            <span className="sr-only sm:not-sr-only">Reading…</span>
          </span>
        )}
        <button type="button" aria-pressed={replaying} onClick={onReplay} className={`${shape} ml-auto`}>
          <PlayIcon aria-hidden="true" />
          Replay
        </button>
        <button type="button" aria-haspopup="dialog" onClick={onExport} className={shape}>
          <DownloadIcon aria-hidden="true" />
          <span className="max-sm:sr-only">Export</span>
        </button>
      </div>
    </div>
  )
}
