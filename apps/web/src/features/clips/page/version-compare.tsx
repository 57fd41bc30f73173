"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { type ComponentProps, useMemo } from "react"
import { api } from "#shared/api/trpc.ts"
import { BothCodes, CodeDiff } from "#shared/diff/code-diff.tsx"
import { type DiffLayout, useDiffLayout } from "#shared/diff/diff-layout.ts"
import { diffLines } from "#shared/diff/line-diff.ts"
import { Loading, SkeletonBlock } from "#shared/ui/skeleton.tsx"
import { Comparison } from "#shared/versions/comparison.tsx"
import { listPartChanges } from "#shared/versions/metadata-words.ts"
import { PartChanges } from "#shared/versions/part-changes.tsx"
import { useWide } from "#shared/versions/use-wide.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { changeOfSound } from "./sound-figures.tsx"

type Clip = Outputs["clip"]["byId"]
type Shown = Pick<Clip, "version" | "name" | "code" | "metadata">

/** A version of a clip; the current one is there already. */
function useVersion({ projectId, id, ...clip }: Clip, version: number) {
  const query = api.clip.version.useQuery(
    { projectId, id, version },
    { enabled: version !== clip.version, staleTime: Number.POSITIVE_INFINITY },
  )
  const shown: (Shown & { at: string }) | undefined =
    version === clip.version
      ? { ...clip, at: clip.updatedAt }
      : query.data && { ...query.data, at: query.data.createdAt }
  return { shown, query }
}

function Codes({ before, after, layout }: { before: Shown; after: Shown; layout: DiffLayout }) {
  const diff = useMemo(() => diffLines(before.code, after.code), [before.code, after.code])
  if (before.code === after.code) return <p className="text-sm text-soft">The code is the same.</p>
  return (
    <div className="overflow-hidden rounded-card border border-line bg-panel">
      {!diff && <BothCodes before={before.code} after={after.code} />}
      {diff?.hunks.length === 0 && (
        <p className="px-3 py-2 text-sm text-soft">Only the end of the last line differs.</p>
      )}
      {diff && diff.hunks.length > 0 && <CodeDiff diff={diff} label="Changed lines" layout={layout} />}
    </div>
  )
}

/** What became of the sound between two versions, in a line that is there from the beginning. */
function SoundChange({
  clip: { projectId, id },
  versions: [since, version],
}: { clip: Clip } & Pick<ComponentProps<typeof Comparison>, "versions">) {
  const { data, isPending, isFetching, isError, error, refetch } = api.clip.audio.useQuery({
    ...{ projectId, id, version, since },
  })
  return (
    <div className="flex min-h-5 gap-1 text-sm">
      <span className="shrink-0 text-soft">Sound </span>
      {isPending && (
        <>
          <Loading what="what became of the sound" />
          <SkeletonBlock className="my-0.5 h-4 w-48" />
        </>
      )}
      {isError && !data && (
        <span>
          <span role="alert">not compared: {wordsOf(reasonOf(error) ?? "INTERNAL")} </span>
          <button type="button" aria-busy={isFetching} className="text-accent underline" onClick={() => void refetch()}>
            Try again
          </button>
        </span>
      )}
      {data?.before === null && <span className="text-soft">not measured</span>}
      {data && data.before !== null && <span>{changeOfSound(data.changes)}</span>}
    </div>
  )
}

/** Two versions of a clip against each other. */
export function VersionCompare({
  clip,
  ...rest
}: { clip: Clip } & Pick<ComponentProps<typeof Comparison>, "versions" | "locked" | "onRestore" | "onClose">) {
  const before = useVersion(clip, rest.versions[0])
  const after = useVersion(clip, rest.versions[1])
  const isWide = useWide()
  const layout = useDiffLayout()
  return (
    <Comparison current={clip.version} before={before} after={after} layouts {...rest}>
      {before.shown && after.shown && (
        <>
          <PartChanges changes={listPartChanges(before.shown, after.shown)} besides="code" />
          {rest.versions[0] !== rest.versions[1] && <SoundChange clip={clip} versions={rest.versions} />}
          <Codes before={before.shown} after={after.shown} layout={isWide ? layout : "unified"} />
        </>
      )}
    </Comparison>
  )
}
