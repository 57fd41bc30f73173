"use client"

import { LoaderCircleIcon, PlayIcon, SquareIcon } from "lucide-react"
import type { Item } from "#shared/url-state/item-link.ts"
import { type PlaySource, usePlay, usePlaySource } from "./use-play.ts"

const sizes = {
  small: "size-7 [&_svg]:size-3.5",
  medium: "size-9 [&_svg]:size-4",
  large: "size-11 [&_svg]:size-5",
} as const

/** A button that plays something, and stops it while it plays. */
export function PlaySourceButton({
  source,
  size = "medium",
  className = "",
}: {
  source: PlaySource
  size?: keyof typeof sizes
  className?: string
}) {
  const { phase, busy, prepare, leave, press } = usePlay(source)
  const on = phase !== "silent"
  const Icon = busy ? LoaderCircleIcon : on ? SquareIcon : PlayIcon
  return (
    <button
      type="button"
      aria-label={`${on ? "Stop" : "Play"} ${source.name}`}
      aria-busy={busy}
      data-play={source.id}
      data-phase={phase}
      onPointerEnter={prepare}
      onPointerLeave={leave}
      onFocus={prepare}
      onBlur={leave}
      onClick={() => void press()}
      className={`relative z-2 inline-grid shrink-0 place-items-center rounded-full border transition-colors ${sizes[size]} ${on ? "border-accent bg-accent text-on-accent" : "border-line bg-raised text-ink hover:border-accent hover:text-accent"} ${className}`}
    >
      <Icon aria-hidden="true" fill={busy ? "none" : "currentColor"} className={busy ? "animate-spin" : ""} />
    </button>
  )
}

/** Plays a clip, a song or a playlist of the library. */
export function PlayButton({
  item,
  name,
  ...rest
}: {
  item: Item
  name: string
  size?: keyof typeof sizes
  className?: string
}) {
  return <PlaySourceButton source={usePlaySource(item, name)} {...rest} />
}
