"use client"

import { AudioWaveformIcon, SquareIcon } from "lucide-react"
import { useEffect, useEffectEvent, useState } from "react"
import { api } from "../api/trpc.ts"
import type { ClipCard } from "../clip/clip-list.ts"
import { ClipPicture } from "../clip/clip-picture.tsx"
import { loadClip } from "../player/load-playable.ts"
import { player } from "../player/open-player.ts"
import { playKey } from "../player/playable.ts"
import { problemInWords } from "../player/player-state.ts"
import { usePlayer } from "../player/use-player.ts"
import { partInput } from "../project/project-inputs.ts"
import { useActions } from "../shell/actions.ts"
import { isCovered, isTyping } from "../shell/covered.ts"
import { Button } from "../ui/button.tsx"
import { Empty } from "../ui/empty.tsx"
import { FailedQuery } from "../ui/failed-query.tsx"
import { Link } from "../ui/link.tsx"
import { Page, PageTitle } from "../ui/page.tsx"
import { PagedList } from "../ui/paged-list.tsx"
import { Bone } from "../ui/skeleton.tsx"
import { complain } from "../ui/toast.tsx"
import { type PadState, padStateOf } from "./pad-state.ts"

const next = { getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor }

/** The keys of the first pads. */
const padKeys = "1234567890"

/** Clips whose pads were pressed, and what for, until the player knows of it. */
type Asked = ReadonlyMap<string, "starting" | "stopping">

/** Starts and stops clips. */
function useLaunch() {
  const utils = api.useUtils()
  const [asked, setAsked] = useState<Asked>(new Map())
  return {
    asked,
    async toggle({ projectId, id, name }: ClipCard) {
      const key = playKey(projectId, id)
      if (asked.has(key)) return
      const on = ["starting", "playing"].includes(padStateOf(player.state(), key))
      setAsked((before) => new Map(before).set(key, on ? "stopping" : "starting"))
      try {
        if (on) await player.remove(key)
        else await player.add(await loadClip(utils, projectId, id))
      } catch {
        complain(`${name} was not started: the server does not answer.`)
      } finally {
        setAsked((before) => new Map([...before].filter(([each]) => each !== key)))
      }
    },
  }
}

const looks: Record<PadState, string> = {
  silent: "border-line bg-panel hover:border-edge",
  failing: "border-danger bg-panel",
  playing: "border-accent bg-wash",
  starting: "border-dashed border-accent bg-wash motion-safe:animate-pulse",
  stopping: "border-dashed border-accent bg-panel motion-safe:animate-pulse",
}

function Pad({
  clip,
  padKey,
  asked,
  onPress,
}: {
  clip: ClipCard
  padKey: string | undefined
  asked: "starting" | "stopping" | undefined
  onPress: () => void
}) {
  const key = playKey(clip.projectId, clip.id)
  const told = usePlayer((each) => padStateOf(each, key))
  const muted = usePlayer(({ muted }) => muted.has(key))
  const problem = usePlayer(({ problems }) => problems.get(key))
  const state = asked ?? told
  const on = state === "playing" || state === "starting"
  return (
    <li>
      <button
        type="button"
        aria-pressed={on}
        data-pad={clip.id}
        data-state={state}
        onClick={onPress}
        onPointerEnter={() => player.warm()}
        className={`flex h-full w-full flex-col gap-2 overflow-hidden rounded-card border p-3 text-left transition-colors ${looks[state]}`}
      >
        <span className="flex items-center gap-2">
          <span
            aria-hidden="true"
            className={`size-3 shrink-0 rounded-full ${on ? "" : "opacity-50"} ${clip.facts.color ? "" : "bg-faint"}`}
            style={clip.facts.color ? { backgroundColor: clip.facts.color } : undefined}
          />
          <span className="min-w-0 flex-1 truncate text-sm font-medium">
            {clip.name}
            {(state === "starting" || state === "stopping") && (
              <span className="sr-only">, {state} on the next cycle</span>
            )}
          </span>
          {padKey && (
            <span aria-hidden="true" className="font-mono text-xs text-faint">
              {padKey}
            </span>
          )}
        </span>
        <span className={`block ${muted ? "opacity-40" : ""}`}>
          <ClipPicture clip={clip} className="h-16 w-full" />
        </span>
        {state === "failing" && problem && (
          <span className="line-clamp-3 text-xs text-danger [overflow-wrap:anywhere]">{problemInWords(problem)}.</span>
        )}
      </button>
    </li>
  )
}

function Pads({ clips }: { clips: ClipCard[] }) {
  const { asked, toggle } = useLaunch()
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.metaKey || event.ctrlKey || event.altKey) return
    if (isTyping(event.target) || isCovered(event.target)) return
    const clip = event.key.length === 1 ? clips[padKeys.indexOf(event.key)] : undefined
    if (!clip) return
    event.preventDefault()
    void toggle(clip)
  })
  useEffect(() => {
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [])
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(10.5rem,44vw),1fr))] gap-3">
      {clips.map((clip, index) => (
        <Pad
          key={clip.id}
          clip={clip}
          padKey={padKeys[index]}
          asked={asked.get(playKey(clip.projectId, clip.id))}
          onPress={() => void toggle(clip)}
        />
      ))}
    </ul>
  )
}

const PadsSkeleton = () => (
  <div className="grid grid-cols-[repeat(auto-fill,minmax(min(10.5rem,44vw),1fr))] gap-3">
    {Array.from({ length: 12 }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they never change places.
      <Bone key={index} className="h-30 w-full" />
    ))}
  </div>
)

/** A project's clips as pads, started and stopped on the next cycle. */
export function LauncherView({ id }: { id: string }) {
  const project = api.project.byId.useQuery({ id })
  const query = api.clip.cards.useInfiniteQuery(partInput(id), next)
  const on = usePlayer((state) => state.phase !== "silent")
  const stop = () => void player.stop()
  const group = "Launcher"
  useActions([
    { id: "launcher-pad", name: "Start or stop one of the first ten clips", group, keys: "1", onlyKeys: true },
    { id: "launcher-stop", name: "Stop all clips", group, run: stop },
  ])
  if (project.isError && !project.data) return <FailedQuery query={project} />
  return (
    <Page>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <PageTitle
          title="Launcher"
          above={
            <p className="text-sm text-soft">
              <Link href={`/projects/${encodeURIComponent(id)}`} className="hover:text-accent">
                {project.data?.name ?? id}
              </Link>
            </p>
          }
          note="A pad starts or stops its clip on the next cycle."
        />
        <Button onClick={stop} disabled={!on}>
          <SquareIcon aria-hidden="true" />
          Stop all
        </Button>
      </div>
      <PagedList
        query={query}
        what="clip"
        skeleton={<PadsSkeleton />}
        empty={<Empty icon={AudioWaveformIcon} title="No clips yet" />}
        draw={(clips) => <Pads clips={clips} />}
      />
    </Page>
  )
}
