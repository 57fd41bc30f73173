"use client"

import { MinusIcon, PlusIcon, RotateCcwIcon } from "lucide-react"
import { type KeyboardEvent, useState } from "react"
import { player } from "#shared/player/open-player.ts"
import type { PlayerState } from "#shared/player/player-state.ts"
import { bpmOf } from "#shared/player/tempo-factor.ts"
import { usePlayer } from "#shared/player/use-player.ts"

const shownBpm = (state: PlayerState): number => Math.round(bpmOf(state) * 10) / 10
const factorOf = ({ factor }: PlayerState): number => factor

const step =
  "grid size-7 shrink-0 place-items-center rounded-md text-soft hover:bg-raised hover:text-ink disabled:text-faint/60 pointer-coarse:size-9 [&_svg]:size-3.5"

/** The tempo that is heard, and how to change it for everything that plays. */
export function TempoControl() {
  const bpm = usePlayer(shownBpm)
  const factor = usePlayer(factorOf)
  const [text, setText] = useState<string>()

  function take() {
    const wanted = Number(text?.replace(",", "."))
    if (wanted > 0) player.setBpm(wanted)
    setText(undefined)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter") take()
    else if (event.key === "Escape") setText(undefined)
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault()
      setText(undefined)
      player.setBpm(Math.round(bpm) + (event.key === "ArrowUp" ? 1 : -1))
    }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div role="group" aria-label="Tempo" className="flex shrink-0 items-center">
      <button type="button" aria-label="Slower" onClick={() => player.setBpm(Math.ceil(bpm) - 1)} className={step}>
        <MinusIcon aria-hidden="true" />
      </button>
      <input
        aria-label="Tempo in beats per minute"
        inputMode="decimal"
        autoComplete="off"
        value={text ?? String(bpm)}
        onChange={({ target }) => setText(target.value)}
        onFocus={({ target }) => target.select()}
        onBlur={take}
        onKeyDown={onKeyDown}
        className="w-13 rounded-md border border-transparent bg-transparent px-1 py-0.5 text-center font-mono text-sm tabular-nums hover:border-line focus:border-edge"
      />
      <span aria-hidden="true" className="pr-1 text-xs text-soft">
        bpm
      </span>
      <button type="button" aria-label="Faster" onClick={() => player.setBpm(Math.floor(bpm) + 1)} className={step}>
        <PlusIcon aria-hidden="true" />
      </button>
      <button
        type="button"
        aria-label={`Back to the written tempo; it plays at ${factor.toLocaleString("en-US", { maximumFractionDigits: 2 })} times that`}
        title="Back to the written tempo"
        disabled={factor === 1}
        onClick={() => player.setFactor(1)}
        className={step}
      >
        <RotateCcwIcon aria-hidden="true" />
      </button>
    </div>
  )
}
