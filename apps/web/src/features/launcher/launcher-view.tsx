"use client"

import { AudioWaveformIcon, GripVerticalIcon, SquareIcon } from "lucide-react"
import { useEffect, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { nextPage } from "#shared/collection/next-page.ts"
import { PagedList } from "#shared/collection/paged-list.tsx"
import { useActions } from "#shared/keyboard/actions.ts"
import { player } from "#shared/player/open-player.ts"
import { isOn } from "#shared/player/player-state.ts"
import { usePlayer } from "#shared/player/use-player.ts"
import { Button } from "#shared/ui/button.tsx"
import { Empty } from "#shared/ui/empty.tsx"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Pads, PadsSkeleton } from "./pads.tsx"
import { padsInput } from "./pads-input.ts"

/** Pads that are read without being asked for. */
const most = 1000

/** Reads the clips of a project, on and on up to what a launcher shows at once: the order of the pads is of them all. */
function usePadQuery(projectId: string) {
  const query = api.clip.cards.useInfiniteQuery(padsInput(projectId), nextPage)
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query
  const read = data?.pages.reduce((sum, { items }) => sum + items.length, 0) ?? 0
  const goesOn = hasNextPage && !isFetching && !isFetchNextPageError && read < most
  useEffect(() => {
    if (goesOn) void fetchNextPage()
  }, [goesOn, fetchNextPage])
  return query
}

/** A project's clips as pads, started and stopped on the next cycle. */
export function LauncherView({ id }: { id: string }) {
  const project = api.project.byId.useQuery({ id })
  const query = usePadQuery(id)
  const on = usePlayer(isOn)
  const [grips, setGrips] = useState(false)
  const stop = () => void player.stop()
  const group = "Launcher"
  useActions([
    { id: "launcher-pad", name: "Start or stop one of the first ten clips", group, keys: "1", onlyKeys: true },
    { id: "launcher-move", name: "Move the pad that has the focus", group, keys: "alt+ArrowRight", onlyKeys: true },
    { id: "launcher-grips", name: "Move pads", group, run: () => setGrips(!grips) },
    { id: "launcher-stop", name: "Stop all clips", group, run: stop },
  ])
  if (project.isError && !project.data) return <FailedQuery query={project} />
  return (
    <div className="flex w-full flex-col gap-6 px-4 pt-6 pb-28 short:gap-3 short:pt-3 md:px-8 md:pt-9 md:pb-16 short:md:pt-3 short:md:pb-4">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-3 short:items-center">
        <div className="flex min-w-0 flex-col gap-1.5 short:flex-row short:items-baseline short:gap-3">
          <p className="text-sm text-soft">
            <Link href={`/projects/${encodeURIComponent(id)}`} className="hover:text-accent pointer-coarse:py-3.5">
              {project.data?.name ?? id}
            </Link>
          </p>
          <h1 className="text-3xl font-semibold tracking-[-0.025em] short:text-xl md:text-4xl short:md:text-xl">
            Launcher
          </h1>
          <p className="text-soft short:hidden">
            A pad starts or stops its clip on the next cycle. Drag pads where you want them.
          </p>
        </div>
        <div className="flex gap-2">
          <Button
            aria-pressed={grips}
            onClick={() => setGrips(!grips)}
            className="aria-pressed:border-accent aria-pressed:bg-wash"
          >
            <GripVerticalIcon aria-hidden="true" />
            Move pads
          </Button>
          <Button onClick={stop} disabled={!on}>
            <SquareIcon aria-hidden="true" />
            Stop all
          </Button>
        </div>
      </div>
      <PagedList
        query={query}
        what="clip"
        skeleton={<PadsSkeleton />}
        empty={<Empty icon={AudioWaveformIcon} title="No clips yet" />}
        draw={(clips) => <Pads projectId={id} clips={clips} complete={!query.hasNextPage} grips={grips} />}
      />
    </div>
  )
}
