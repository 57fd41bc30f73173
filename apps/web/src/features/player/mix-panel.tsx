"use client"

import { XIcon } from "lucide-react"
import type { ReactNode } from "react"
import { isHeard } from "#shared/player/mix.ts"
import { player } from "#shared/player/open-player.ts"
import type { PlayableClip } from "#shared/player/playable.ts"
import type { PlayerState } from "#shared/player/player-state.ts"
import { problemInWords } from "#shared/player/player-words.ts"
import { usePlayer } from "#shared/player/use-player.ts"
import { Link } from "#shared/ui/link.tsx"
import { Stripe } from "#shared/ui/stripe.tsx"
import { TempoControl } from "./tempo-control.tsx"
import { LoudnessSwitch, VolumeSlider } from "./volume-slider.tsx"

const Switch = ({
  label,
  on,
  onClick,
  children,
}: {
  label: string
  on: boolean
  onClick: () => void
  children: ReactNode
}) => (
  <button
    type="button"
    aria-label={label}
    aria-pressed={on}
    title={label}
    onClick={onClick}
    className="grid size-7 shrink-0 place-items-center rounded-md border border-line font-mono text-xs font-semibold text-soft hover:border-edge hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-on-accent pointer-coarse:size-9"
  >
    {children}
  </button>
)

function Channel({ clip, state, lone }: { clip: PlayableClip; state: PlayerState; lone: boolean }) {
  const { key, name, href, color } = clip
  const problem = state.problems.get(key)
  const sections = state.playable?.plan.sections ?? []
  const isIn = sections.length < 2 || sections[state.section]?.clips.some((each) => each.key === key)
  return (
    <li className="flex flex-wrap items-center gap-x-2 border-t border-line py-1.5 first:border-0">
      <Stripe color={color} className="h-6 w-1 shrink-0" />
      <span className={`min-w-0 flex-1 truncate text-sm ${isIn && isHeard(key, state) ? "" : "text-faint"}`}>
        {href ? (
          <Link href={href} className="hover:text-accent">
            {name}
          </Link>
        ) : (
          name
        )}
        {!isIn && <span className="text-xs"> · not in this section</span>}
      </span>
      <Switch label={`Mute ${name}`} on={state.muted.has(key)} onClick={() => player.toggleMute(key)}>
        M
      </Switch>
      <Switch label={`Solo ${name}`} on={state.soloed.has(key)} onClick={() => player.toggleSolo(key)}>
        S
      </Switch>
      <button
        type="button"
        aria-label={`Remove ${name} from what plays`}
        title="Remove"
        disabled={lone}
        onClick={() => void player.remove(key)}
        className="grid size-7 shrink-0 place-items-center rounded-md text-faint hover:bg-raised hover:text-ink disabled:opacity-40"
      >
        <XIcon className="size-4" aria-hidden="true" />
      </button>
      {problem && <p className="basis-full pl-3 text-xs text-danger">{problemInWords(problem)}.</p>}
    </li>
  )
}

/** The clips that play, each with mute and solo; below a wide screen's width also the tempo and the volume. */
export function MixPanel() {
  const state = usePlayer()
  const clips = state.playable?.clips ?? []
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3 xl:hidden">
        <span className="md:hidden">
          <TempoControl />
        </span>
        <VolumeSlider className="min-w-36 flex-1" />
        <LoudnessSwitch text />
      </div>
      <ul aria-label="Clips that play" className="flex flex-col">
        {clips.map((clip) => (
          <Channel key={clip.key} clip={clip} state={state} lone={clips.length === 1} />
        ))}
      </ul>
    </div>
  )
}
