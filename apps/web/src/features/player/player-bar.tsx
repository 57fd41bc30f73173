"use client"

import {
  AudioLinesIcon,
  LoaderCircleIcon,
  PlayIcon,
  SkipBackIcon,
  SkipForwardIcon,
  SlidersVerticalIcon,
  SquareIcon,
} from "lucide-react"
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from "react"
import { isCovered } from "#shared/keyboard/covered.ts"
import { Pianoroll } from "#shared/playback/pianoroll.tsx"
import { SoundsPanel } from "#shared/playback/sounds-panel.tsx"
import { player } from "#shared/player/open-player.ts"
import { type Panel, showPanel, useShownPanel } from "#shared/player/panel-state.ts"
import { isOn, type PlayerState, sectionToCome } from "#shared/player/player-state.ts"
import { problemInWords } from "#shared/player/player-words.ts"
import { usePlayer } from "#shared/player/use-player.ts"
import { IconButton } from "#shared/ui/button.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Meter } from "./meter.tsx"
import { MixPanel } from "./mix-panel.tsx"
import { PlayPosition } from "./position.tsx"
import { TempoControl } from "./tempo-control.tsx"
import { LoudnessSwitch, VolumeSlider } from "./volume-slider.tsx"

const panels = { mix: "Mix", sounds: "Sounds" } as const satisfies Record<Panel, string>

/** Room below every page, so that the bar covers nothing of it. */
function useRoom() {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    dataset.player = ""
    return () => {
      delete dataset.player
    }
  }, [])
}

/** What is wrong with the first clip of what plays that has a problem. */
function problemOf({ playable, problems }: PlayerState): string | undefined {
  const clips = playable?.clips ?? []
  const faulty = clips.find(({ key }) => problems.has(key))
  const problem = faulty && problems.get(faulty.key)
  return problem && `${clips.length > 1 ? `${faulty.name}: ` : ""}${problemInWords(problem)}`
}

function noteOf(state: PlayerState): string {
  const { playable, section, pending, silence } = state
  const names = playable?.sectionNames ?? []
  if (pending) {
    const coming = pending.section === undefined ? undefined : names[pending.section]
    return coming ? `On the next cycle: ${coming}` : "On the next cycle…"
  }
  if (silence?.message) return `${silence.message}.`
  const problem = problemOf(state)
  if (problem) return problem
  if (names.length > 1 && isOn(state)) return `${names[section]} · ${section + 1} of ${names.length}`
  return playable?.projectId ?? ""
}

function What({ state }: { state: PlayerState }) {
  const { playable, silence, pending } = state
  const bad = !pending && (silence?.message !== undefined || problemOf(state) !== undefined)
  const note = noteOf(state)
  return (
    <div className="min-w-0 flex-1 basis-32 md:max-w-72">
      <p className="truncate text-sm leading-5 font-medium" title={playable?.name}>
        {playable?.href ? (
          <Link href={playable.href} className="hover:text-accent">
            {playable.name}
          </Link>
        ) : (
          playable?.name
        )}
      </p>
      <p className={`truncate text-xs/4 ${bad ? "text-danger" : "text-soft"}`} title={note}>
        {note}
      </p>
    </div>
  )
}

const spoken = ({ phase, playable, sectionNames }: { phase: string; playable: string; sectionNames: string }) =>
  phase === "playing" ? `Playing ${playable}${sectionNames}` : phase === "silent" ? "Stopped" : ""

function Opener({ panel, count, bad, children }: { panel: Panel; count?: number; bad?: boolean; children: ReactNode }) {
  const open = useShownPanel() === panel
  return (
    <IconButton
      label={panels[panel]}
      aria-expanded={open}
      aria-controls={`player-${panel}`}
      data-opener={panel}
      onClick={() => showPanel(open ? undefined : panel)}
      className="relative aria-expanded:bg-raised aria-expanded:text-ink"
    >
      {children}
      {count !== undefined && count > 1 && (
        <span aria-hidden="true" className="absolute top-0.5 right-0.5 font-mono text-[0.625rem]/3 text-accent">
          {count}
        </span>
      )}
      {bad && <span aria-hidden="true" className="absolute top-1.5 right-1.5 size-2 rounded-full bg-danger" />}
    </IconButton>
  )
}

function OpenPanel({ panel }: { panel: Panel }) {
  const title = useId()
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    const close = () => {
      showPanel(undefined)
      document.querySelector<HTMLElement>(`[data-opener=${panel}]`)?.focus()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return
      if (isCovered(event.target)) return
      close()
    }
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Element && !box.current?.contains(target) && !target.closest("[data-opener]"))
        showPanel(undefined)
    }
    addEventListener("keydown", onKey)
    addEventListener("pointerdown", onPress)
    return () => {
      removeEventListener("keydown", onKey)
      removeEventListener("pointerdown", onPress)
    }
  }, [panel])
  return (
    <section
      ref={box}
      id={`player-${panel}`}
      aria-labelledby={title}
      className="absolute right-2 bottom-full mb-2 flex max-h-[min(28rem,60dvh)] w-[min(25rem,calc(100vw-1rem))] flex-col overflow-hidden rounded-xl border border-line bg-panel shadow-2xl"
    >
      <h2 id={title} className="border-b border-line px-4 py-2.5 text-sm font-semibold">
        {panels[panel]}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrow keys. */}
      <div tabIndex={0} className="min-h-0 overflow-y-auto overscroll-contain px-4 py-3 -outline-offset-2">
        {panel === "mix" ? <MixPanel /> : <SoundsPanel />}
      </div>
    </section>
  )
}

/** What plays, on every page, and everything that can be done about it. */
export function PlayerBar() {
  const state = usePlayer()
  const panel = useShownPanel()
  useRoom()
  const { phase, playable, section, sounds, heard } = state
  const on = isOn(state)
  const coming = sectionToCome(state)
  const sections = playable?.plan.sections.length ?? 0
  const lacks = [...sounds.values()].some(
    ({ name, from }) => heard.has(name) && (from === "missing" || from === "replaced"),
  )
  const Icon = phase === "starting" ? LoaderCircleIcon : on ? SquareIcon : PlayIcon
  return (
    <section
      aria-label="Player"
      className="fixed inset-x-0 bottom-[calc(3.5rem+env(safe-area-inset-bottom))] z-30 border-t border-line bg-panel md:bottom-0 md:left-[4.5rem] rail:left-[13.5rem] print:hidden"
    >
      {panel && <OpenPanel key={panel} panel={panel} />}
      <div className="flex h-(--player) items-center gap-2 px-2 sm:gap-3 md:px-4">
        {sections > 1 && (
          <IconButton
            label="Section before"
            disabled={coming === 0}
            onClick={() => void player.previous()}
            className="max-md:hidden disabled:text-faint/60"
          >
            <SkipBackIcon aria-hidden="true" />
          </IconButton>
        )}
        <button
          type="button"
          aria-label={on ? "Stop" : "Play"}
          aria-keyshortcuts="Space"
          onClick={() => void (on ? player.stop() : player.resume())}
          className="grid size-10 shrink-0 place-items-center rounded-full bg-accent text-on-accent hover:opacity-90"
        >
          <Icon
            aria-hidden="true"
            fill={phase === "starting" ? "none" : "currentColor"}
            className={`size-4 ${phase === "starting" ? "animate-spin" : ""}`}
          />
        </button>
        {sections > 1 && (
          <IconButton
            label="Next section"
            disabled={coming >= sections - 1}
            onClick={() => void player.next()}
            className="disabled:text-faint/60"
          >
            <SkipForwardIcon aria-hidden="true" />
          </IconButton>
        )}
        <What state={state} />
        <Pianoroll playing={phase === "playing"} className="hidden h-10 min-w-24 flex-1 lg:block" />
        <PlayPosition playing={phase === "playing"} sections={sections} />
        <span className="max-md:hidden">
          <TempoControl />
        </span>
        <Meter playing={phase === "playing"} />
        <VolumeSlider className="w-32 max-xl:hidden" />
        <LoudnessSwitch className="max-xl:hidden" />
        <div className="flex shrink-0">
          <Opener panel="mix" count={playable?.clips.length ?? 0}>
            <SlidersVerticalIcon aria-hidden="true" />
          </Opener>
          <Opener panel="sounds" bad={lacks}>
            <AudioLinesIcon aria-hidden="true" />
          </Opener>
        </div>
      </div>
      <p role="status" className="sr-only">
        {spoken({
          phase,
          playable: playable?.name ?? "",
          sectionNames: sections > 1 ? `, ${playable?.sectionNames[section]}` : "",
        })}
      </p>
    </section>
  )
}
