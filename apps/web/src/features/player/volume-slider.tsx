"use client"

import { ScaleIcon, Volume2Icon, VolumeXIcon } from "lucide-react"
import { target } from "#shared/player/loudness-match.ts"
import { player } from "#shared/player/open-player.ts"
import type { PlayerState } from "#shared/player/player-state.ts"
import { usePlayer } from "#shared/player/use-player.ts"

const percentOf = ({ volume }: PlayerState): number => Math.round(volume * 100)

export function VolumeSlider({ className = "" }: { className?: string }) {
  const percent = usePlayer(percentOf)
  const Icon = percent === 0 ? VolumeXIcon : Volume2Icon
  return (
    <label className={`flex items-center gap-2 ${className}`}>
      <Icon className="size-4 shrink-0 text-soft" aria-hidden="true" />
      <span className="sr-only">Volume</span>
      <input
        type="range"
        min={0}
        max={100}
        value={percent}
        aria-valuetext={`${percent} percent`}
        onChange={({ target }) => player.setVolume(Number(target.value) / 100)}
        className="h-6 w-full min-w-20 accent-accent"
      />
    </label>
  )
}

const evenly = `Even out loudness: measured clips are brought near −${-target.loudness} LUFS, as far as their peaks allow; songs, the stage and exports stay as they are`

/** Whether clips are brought to one loudness where they play by themselves. */
export function LoudnessSwitch({ text = false, className = "" }: { text?: boolean; className?: string }) {
  const matched = usePlayer((state) => state.matched)
  return (
    <button
      type="button"
      aria-label="Even out loudness"
      aria-pressed={matched}
      title={evenly}
      onClick={() => player.setMatched(!matched)}
      className={`flex h-9 min-w-9 shrink-0 items-center justify-center gap-2 rounded-md px-2 text-sm text-soft hover:bg-raised hover:text-ink aria-pressed:bg-wash aria-pressed:text-accent ${className}`}
    >
      <ScaleIcon className="size-4 shrink-0" aria-hidden="true" />
      {text && "Even out loudness"}
    </button>
  )
}
