"use client"

import type { SoundState } from "@strudel-agent/sandbox/protocol"
import { useEffect, useState } from "react"
import { player } from "#shared/player/open-player.ts"
import type { PlayableClip } from "#shared/player/playable.ts"
import type { PlayerState } from "#shared/player/player-state.ts"
import { problemInWords } from "#shared/player/player-words.ts"
import type { SoundNeed, SoundNeeds } from "#shared/player/sound-needs.ts"
import { usePlayer } from "#shared/player/use-player.ts"

const origins: Record<SoundState["from"], string> = {
  synth: "computed",
  kit: "built in",
  clip: "defined by the clip",
  network: "from the network",
  replaced: "replaced",
  missing: "missing: silent",
}

const networkOf = ({ network }: PlayerState): boolean => network
const none: PlayableClip[] = []
const clipsOf = ({ playable }: PlayerState): PlayableClip[] => playable?.clips ?? none
const nothing: SoundNeeds = { needs: [], unknown: new Map() }
const soundsOf = ({ sounds }: PlayerState): ReadonlyMap<string, SoundState> => sounds

type Reading = { kind: "reading" } | ({ kind: "read" } & SoundNeeds) | { kind: "failed"; text: string }

/** Reads what clips need, and again when they or the network's switch change. */
function useNeeds(clips: PlayableClip[], network: boolean): Reading {
  const [reading, setReading] = useState<Reading>({ kind: "reading" })
  // biome-ignore lint/correctness/useExhaustiveDependencies: where sounds come from is another thing with the network.
  useEffect(() => {
    let left = false
    player.soundsOf(clips).then(
      (read) => !left && setReading({ kind: "read", ...read }),
      (error: unknown) => !left && setReading({ kind: "failed", text: error instanceof Error ? error.message : "" }),
    )
    return () => {
      left = true
    }
  }, [clips, network])
  return reading
}

function Sound({ need, state, clips }: { need: SoundNeed; state: SoundState | undefined; clips: PlayableClip[] }) {
  const { name, from, by, source, samples, loading, why } = state ?? need.state
  const users = clips.filter(({ key }) => need.clips.includes(key)).map((clip) => clip.name)
  const bad = from === "missing" || from === "replaced"
  return (
    <li className="border-t border-line py-2 first:border-0">
      <p className="flex items-baseline gap-3">
        <span className="min-w-0 flex-1 truncate font-mono text-[0.8125rem]">{name}</span>
        <span className={`shrink-0 text-xs ${bad ? "text-danger" : "text-soft"}`}>
          {loading ? "loading…" : origins[from]}
          {by && ` by ${by}`}
          {samples > 1 && ` · ${samples} samples`}
        </span>
      </p>
      {why && <p className="text-xs text-soft">{why}</p>}
      {source && from !== "kit" && <p className="truncate text-xs text-faint">{source}</p>}
      {clips.length > 1 && users.length > 0 && <p className="truncate text-xs text-faint">in {users.join(", ")}</p>}
    </li>
  )
}

/** Which sounds clips need, where they come from, and what is missing and why. */
export function SoundsOf({ clips }: { clips: PlayableClip[] }) {
  const network = usePlayer(networkOf)
  const state = usePlayer(soundsOf)
  const reading = useNeeds(clips, network)
  const { needs, unknown } = reading.kind === "read" ? reading : nothing
  return (
    <div className="flex flex-col gap-3">
      <label className="flex items-start gap-2.5 text-sm">
        <input
          type="checkbox"
          checked={network}
          onChange={({ target }) => player.setNetwork(target.checked)}
          className="mt-0.5 size-4 accent-accent"
        />
        <span>
          Load sounds from the network
          <span className="block text-xs text-soft">This server fetches samples from where strudel.cc has them.</span>
        </span>
      </label>
      {reading.kind === "reading" && <p className="text-sm text-soft">Looking what is needed…</p>}
      {reading.kind === "failed" && <p className="text-sm text-danger">{reading.text}</p>}
      {clips
        .filter(({ key }) => unknown.has(key))
        .map(({ key, name }) => {
          const fault = unknown.get(key)
          return (
            <p key={key} className="text-sm [overflow-wrap:anywhere]">
              What {name} needs is not known: <span className="text-danger">{fault && problemInWords(fault)}.</span>
            </p>
          )
        })}
      {reading.kind === "read" && needs.length === 0 && unknown.size === 0 && (
        <p className="text-sm text-soft">It needs no sound.</p>
      )}
      {needs.length > 0 && (
        <ul aria-label="Sounds" className="flex flex-col">
          {needs.map((need) => (
            <Sound key={need.state.name} need={need} state={state.get(need.state.name)} clips={clips} />
          ))}
        </ul>
      )}
    </div>
  )
}

/** The sounds of what plays. */
export function SoundsPanel() {
  return <SoundsOf clips={usePlayer(clipsOf)} />
}
