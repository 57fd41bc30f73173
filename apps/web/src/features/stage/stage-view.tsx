"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { FastForwardIcon, MaximizeIcon, PlayIcon, SkipBackIcon, SkipForwardIcon, SquareIcon, XIcon } from "lucide-react"
import { useRouter } from "next/navigation"
import { type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useState, useSyncExternalStore } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { useActions } from "#shared/keyboard/actions.ts"
import { isCovered } from "#shared/keyboard/covered.ts"
import { usePagePlayable } from "#shared/playback/page-playable.ts"
import { Pianoroll } from "#shared/playback/pianoroll.tsx"
import { type PlaySource, togglePlay, usePlaySource } from "#shared/playback/use-play.ts"
import { player } from "#shared/player/open-player.ts"
import type { Playable } from "#shared/player/playable.ts"
import { isOn, sectionToCome } from "#shared/player/player-state.ts"
import { bpmOf } from "#shared/player/tempo-factor.ts"
import { usePlayer } from "#shared/player/use-player.ts"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { ItemSkeleton } from "#shared/ui/item-skeleton.tsx"
import { type Item, itemKey, itemPath } from "#shared/url-state/item-link.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { nextSong, songsOf } from "./songs-of-plan.ts"
import { Clips, Progress } from "./stage-parts.tsx"
import { useWakeLock } from "./wake-lock.ts"

const StageCode = onDemand(() => import("./stage-code.tsx").then((part) => part.StageCode))

const pill =
  "inline-flex min-h-12 items-center justify-center gap-2 rounded-full border text-base font-medium short:min-h-11 short:px-4 [&_svg]:size-5"
const round = `${pill} border-line bg-raised px-5 hover:border-edge disabled:text-faint`
const bold = `${pill} border-accent bg-accent px-8 text-on-accent hover:opacity-90 disabled:border-line disabled:bg-raised disabled:text-faint`

function toggleFullscreen() {
  if (document.fullscreenElement) void document.exitFullscreen()
  else void document.documentElement.requestFullscreen().catch(() => {})
}

const nameOf = ({ sectionNames, name }: Playable, section: number): string => sectionNames[section] || name

/** Characters of a section's name beyond which its type is smaller, so that what stands below it stays in sight. */
const longName = 18

const roomForCode = "(min-width: 80rem) and (min-height: 40rem)"

function subscribeToRoom(changed: () => void) {
  const query = matchMedia(roomForCode)
  query.addEventListener("change", changed)
  return () => query.removeEventListener("change", changed)
}

/** Whether the window is large enough to show the code beside what plays. */
const useRoomForCode = (): boolean =>
  useSyncExternalStore(
    subscribeToRoom,
    () => matchMedia(roomForCode).matches,
    () => false,
  )

/** Takes what lies below the stage out of the reach of keys. */
function useWholeScreen() {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    dataset.stage = ""
    return () => {
      delete dataset.stage
    }
  }, [])
}

function Shell({ title, onLeave, children }: { title: string; onLeave: () => void; children: ReactNode }) {
  useWholeScreen()
  return (
    <section aria-label={`Stage: ${title}`} className="fixed inset-0 z-40 flex flex-col overflow-y-auto bg-canvas">
      <header className="flex shrink-0 items-center gap-3 px-4 py-3 md:px-8 short:py-1.5">
        <h1 className="min-w-0 flex-1 truncate text-[clamp(1.125rem,1.2vw,2rem)] font-semibold text-soft">{title}</h1>
        <button type="button" aria-label="Full screen" title="Full screen" onClick={toggleFullscreen} className={round}>
          <MaximizeIcon aria-hidden="true" />
        </button>
        <button type="button" aria-label="Leave the stage" title="Leave the stage" onClick={onLeave} className={round}>
          <XIcon aria-hidden="true" />
        </button>
      </header>
      {children}
    </section>
  )
}

type Own = { kind: "loading" } | { kind: "loaded"; playable: Playable | undefined } | { kind: "failed"; text: string }

/** What the stage is about while something else plays, or nothing. */
function useOwn({ load }: PlaySource) {
  const [own, setOwn] = useState<Own>({ kind: "loading" })
  const read = useEffectEvent(() => {
    load().then(
      (playable) => setOwn({ kind: "loaded", playable }),
      (error: unknown) => setOwn({ kind: "failed", text: wordsOf(reasonOf(error) ?? "INTERNAL") }),
    )
  })
  const { kind } = own
  useEffect(() => {
    if (kind === "loading") read()
  }, [kind])
  return { own, again: () => setOwn({ kind: "loading" }) }
}

const Waiting = ({ own, name, again }: { own: Own; name: string; again: () => void }) => (
  <div role="status" className="m-auto flex flex-col items-center gap-6 px-6 text-center text-xl text-soft">
    {own.kind === "loading" ? (
      <p>Getting ready…</p>
    ) : own.kind === "loaded" ? (
      <p>{name} has nothing to play.</p>
    ) : (
      <>
        <p>
          {name} could not be loaded. {own.text}
        </p>
        <button type="button" onClick={again} className={round}>
          Try again
        </button>
      </>
    )}
  </div>
)

function LoadedStage({ item, name }: { item: Item; name: string }) {
  const router = useRouter()
  const source = usePlaySource(item, name)
  const state = usePlayer()
  const { own, again } = useOwn(source)
  usePagePlayable(source)

  const mine = state.playable?.id === itemKey(item)
  const on = mine && isOn(state)
  const playable = on ? state.playable : own.kind === "loaded" ? own.playable : undefined
  const section = on ? state.section : 0
  const coming = on ? sectionToCome(state) : 0
  const sections = playable?.plan.sections ?? []
  const songs = songsOf(sections)
  useWakeLock(on)
  const hasCode = useRoomForCode()

  const leave = () => router.push(itemPath(item))
  const toggle = () => void togglePlay(source)
  const next = () => void (on ? player.next() : togglePlay(source))
  const ahead = nextSong(sections, coming)
  const toNextSong = () => void (ahead !== undefined && player.goTo(ahead))
  const group = "Stage"
  useActions([
    { id: "stage-next", name: "Next section, on the next cycle", group, keys: "n", run: next },
    { id: "stage-previous", name: "Section before", group, keys: "b", run: () => void player.previous() },
    ...(songs.length > 1 ? [{ id: "stage-song", name: "Next song", group, keys: "s", run: toNextSong }] : []),
    { id: "stage-mute", name: "Mute a clip", group, keys: "1", onlyKeys: true },
    { id: "stage-full", name: "Full screen", group, keys: "f", run: toggleFullscreen },
    { id: "stage-leave", name: "Leave the stage", group, keys: "Escape", onlyKeys: true },
  ])
  function actOf(key: string): (() => unknown) | undefined {
    if (key === "ArrowRight") return next
    if (key === "ArrowLeft") return player.previous
    if (key === "Escape" && !document.fullscreenElement) return leave
    const clip = /^[1-9]$/.test(key) ? sections[section]?.clips[Number(key) - 1] : undefined
    return clip && (() => player.toggleMute(clip.key))
  }
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
    if (isCovered(event.target)) return
    const act = actOf(event.key)
    if (!act) return
    event.preventDefault()
    if (!event.repeat) act()
  })
  useEffect(() => {
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [])

  if (!playable) {
    return (
      <Shell title={name} onLeave={leave}>
        <Waiting own={own} name={name} again={again} />
      </Shell>
    )
  }
  const comes = sections[section + 1]
    ? nameOf(playable, section + 1)
    : playable.plan.loop
      ? nameOf(playable, 0)
      : "The end"
  const heardClips = (sections[section]?.clips ?? []).flatMap(
    ({ key }) => playable.clips.find((clip) => clip.key === key) ?? [],
  )
  const waits = on && state.pending?.section !== undefined
  const cps = on && state.phase === "playing" ? state.cps : sections[section]?.cps
  return (
    <Shell title={name} onLeave={leave}>
      <div
        className={`grid min-h-0 flex-1 gap-x-[4vw] overflow-y-auto overscroll-contain px-4 short:px-8 md:px-[4vw] ${hasCode ? "grid-cols-[minmax(0,3fr)_minmax(0,2fr)]" : "grid-cols-[minmax(0,1fr)]"}`}
      >
        <div className="my-auto flex min-w-0 flex-col gap-[clamp(0.5rem,3dvh,4rem)] short:grid short:grid-cols-2 short:gap-x-8">
          <div className="short:col-span-2">
            <p className="text-[clamp(1rem,min(1.5vw,4dvh),2.25rem)] text-soft">
              {section + 1} of {sections.length}
              {cps && ` · ${Math.round(bpmOf({ cps, factor: state.factor, playable, section }))} bpm`}
            </p>
            <p
              role="status"
              className={`line-clamp-3 short:line-clamp-2 pb-[0.08em] leading-[1.05] font-semibold tracking-[-0.03em] text-balance [overflow-wrap:anywhere] ${nameOf(playable, section).length > longName ? "text-[clamp(1.5rem,min(8vw,8dvh),9rem)]" : "text-[clamp(1.75rem,min(13vw,15dvh),16rem)]"}`}
            >
              {nameOf(playable, section)}
            </p>
          </div>
          <Clips playable={playable} section={section} />
          <Pianoroll
            playing={on && state.phase === "playing"}
            className={`h-[clamp(2.5rem,16dvh,20rem)] short:hidden ${on ? "" : "invisible"}`}
          />
          <div className="flex min-w-0 flex-col gap-[inherit]">
            <Progress playable={playable} playing={on && state.phase === "playing"} section={section} />
            <p className="text-[clamp(1.125rem,min(3.5vw,5dvh),4rem)] text-soft">
              <span className="text-faint">{waits ? "On the next cycle: " : "Then "}</span>
              {waits ? nameOf(playable, coming) : comes}
            </p>
          </div>
        </div>
        {hasCode && <StageCode clips={heardClips} />}
      </div>
      <footer className="flex shrink-0 flex-wrap items-center justify-center gap-3 px-4 py-[clamp(0.5rem,2.5dvh,1.5rem)] md:px-8">
        <button
          type="button"
          aria-label="Section before"
          disabled={!on || coming === 0}
          onClick={() => void player.previous()}
          className={round}
        >
          <SkipBackIcon aria-hidden="true" />
        </button>
        <button type="button" onClick={toggle} aria-keyshortcuts="Space" className={round}>
          {on ? (
            <SquareIcon aria-hidden="true" fill="currentColor" />
          ) : (
            <PlayIcon aria-hidden="true" fill="currentColor" />
          )}
          {on ? "Stop" : "Play"}
        </button>
        <button
          type="button"
          disabled={!on || coming >= sections.length - 1}
          onClick={next}
          aria-keyshortcuts="ArrowRight"
          className={bold}
        >
          Next
          <SkipForwardIcon aria-hidden="true" />
        </button>
        {songs.length > 1 && (
          <button type="button" disabled={!on || ahead === undefined} onClick={toNextSong} className={round}>
            Next song
            <FastForwardIcon aria-hidden="true" />
          </button>
        )}
      </footer>
    </Shell>
  )
}

/** A song as it is performed: what plays, what comes, and where it is, in large type. */
export function SongStage({ projectId, id }: { projectId: string; id: string }) {
  const query = api.song.byId.useQuery({ projectId, id })
  if (query.isPending) return <ItemSkeleton what="the stage" />
  if (!query.data) return <FailedQuery query={query} />
  return <LoadedStage item={{ itemType: "song", projectId, itemId: id }} name={query.data.name} />
}

/** A playlist as it is performed, song after song. */
export function PlaylistStage({ projectId, id }: { projectId: string; id: string }) {
  const query = api.playlist.byId.useQuery({ projectId, id })
  if (query.isPending) return <ItemSkeleton what="the stage" />
  if (!query.data) return <FailedQuery query={query} />
  return <LoadedStage item={{ itemType: "playlist", projectId, itemId: id }} name={query.data.name} />
}
