"use client"

import { useEffect, useId, useRef, useState } from "react"

/** Milliseconds of rest after which what was chosen takes effect. */
const rest = 200

const numberBox =
  "h-8 w-full min-w-0 rounded-md border border-line bg-panel px-2 text-sm tabular-nums text-ink hover:border-edge"
const thumb =
  "pointer-events-none absolute inset-x-0 top-0 h-6 w-full appearance-none bg-transparent [&::-webkit-slider-thumb]:pointer-events-auto [&::-webkit-slider-thumb]:size-4 [&::-webkit-slider-thumb]:cursor-grab [&::-webkit-slider-thumb]:appearance-none [&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:border-2 [&::-webkit-slider-thumb]:border-accent [&::-webkit-slider-thumb]:bg-raised active:[&::-webkit-slider-thumb]:cursor-grabbing [&::-moz-range-thumb]:pointer-events-auto [&::-moz-range-thumb]:size-3 [&::-moz-range-thumb]:rounded-full [&::-moz-range-thumb]:border-2 [&::-moz-range-thumb]:border-accent [&::-moz-range-thumb]:bg-raised focus-visible:outline-none focus-visible:[&::-webkit-slider-thumb]:outline-2 focus-visible:[&::-webkit-slider-thumb]:outline-offset-2 focus-visible:[&::-webkit-slider-thumb]:outline-accent"

interface Range {
  min: number | undefined
  max: number | undefined
}

/** A least and a highest tempo: two numbers, and two thumbs on one line over what tempos there are. */
export function BpmRange({
  value,
  lowest,
  highest,
  onChange,
}: {
  value: Range
  lowest: number
  highest: number
  onChange: (range: Range) => void
}) {
  const id = useId()
  const [shown, setShown] = useState(value)
  const [former, setFormer] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (former.min !== value.min || former.max !== value.max) {
    setFormer(value)
    setShown(value)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  const floor = Math.floor(lowest)
  const ceiling = Math.max(Math.ceil(highest), floor + 1)
  const min = Math.min(Math.max(shown.min ?? floor, floor), ceiling)
  const max = Math.min(Math.max(shown.max ?? ceiling, floor), ceiling)
  const percent = (bpm: number) => ((bpm - floor) / (ceiling - floor)) * 100

  function change(range: Range) {
    setShown(range)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onChange(range), rest)
  }

  const typed = (text: string) =>
    text === "" || !Number.isFinite(Number(text)) ? undefined : Math.max(Number(text), 0)
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-soft">Tempo</legend>
      <div className="relative h-6">
        <div className="absolute inset-x-0 top-2.5 h-1 rounded-full bg-line" />
        <div
          className="absolute top-2.5 h-1 rounded-full bg-accent"
          style={{ left: `${percent(Math.min(min, max))}%`, right: `${100 - percent(Math.max(min, max))}%` }}
        />
        <input
          type="range"
          aria-label="Least tempo"
          min={floor}
          max={ceiling}
          value={min}
          onChange={({ target }) => {
            const bpm = Math.min(Number(target.value), max)
            change({ ...shown, min: bpm <= floor ? undefined : bpm })
          }}
          className={`${thumb} ${min > (floor + ceiling) / 2 ? "z-1" : ""}`}
        />
        <input
          type="range"
          aria-label="Highest tempo"
          min={floor}
          max={ceiling}
          value={max}
          onChange={({ target }) => {
            const bpm = Math.max(Number(target.value), min)
            change({ ...shown, max: bpm >= ceiling ? undefined : bpm })
          }}
          className={thumb}
        />
      </div>
      <div className="mt-1 flex items-center gap-2">
        <input
          type="number"
          name="bpm_min"
          aria-label="From bpm"
          min={0}
          step="any"
          placeholder={String(floor)}
          value={shown.min ?? ""}
          onChange={({ target }) => change({ ...shown, min: typed(target.value) })}
          className={numberBox}
        />
        <span aria-hidden="true" className="text-faint">
          –
        </span>
        <input
          type="number"
          name="bpm_max"
          aria-label="To bpm"
          aria-describedby={id}
          min={0}
          step="any"
          placeholder={String(ceiling)}
          value={shown.max ?? ""}
          onChange={({ target }) => change({ ...shown, max: typed(target.value) })}
          className={numberBox}
        />
        <span id={id} className="text-xs text-soft">
          bpm
        </span>
      </div>
    </fieldset>
  )
}
