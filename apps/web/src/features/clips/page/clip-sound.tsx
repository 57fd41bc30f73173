"use client"

import { api } from "#shared/api/trpc.ts"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Part } from "#shared/ui/page.tsx"
import { Loading, SkeletonBlock } from "#shared/ui/skeleton.tsx"
import { SoundFigures } from "./sound-figures.tsx"

/** What stands in the place of the figures until they are there: as high as they are. */
const Waiting = ({ words }: { words: string }) => (
  <>
    <SkeletonBlock className="h-16 w-full" />
    <p role="status" className="text-sm text-soft">
      {words}
    </p>
  </>
)

const unmeasured = {
  waiting: "The server is listening to it…",
  off: "This server does not measure sound.",
  none: "It makes no sound.",
  failed: "Its sound cannot be measured.",
} as const

/** What a clip sounds like: measured by the server, and read again as that comes. */
export function ClipSound({ projectId, id }: { projectId: string; id: string }) {
  const query = api.clip.audio.useQuery({ projectId, id })
  const found = query.data
  return (
    <Part title="Sound" note={found?.state === "measured" ? "as rendered" : undefined}>
      <div className="flex min-h-44 flex-col gap-3">
        {query.isPending && (
          <>
            <Loading what="its sound" />
            <SkeletonBlock className="h-16 w-full" />
          </>
        )}
        {query.isError && !found && <FailedQuery query={query} />}
        {found?.audio && <SoundFigures audio={found.audio} changes={found.changes} before={found.before} />}
        {found && !found.audio && found.state === "waiting" && <Waiting words={unmeasured.waiting} />}
        {found && !found.audio && found.state !== "waiting" && found.state !== "measured" && (
          <p className="text-sm text-soft">
            {unmeasured[found.state]} {found.problem}
          </p>
        )}
      </div>
    </Part>
  )
}
