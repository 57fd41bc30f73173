"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { HistoryIcon, XIcon } from "lucide-react"
import { useEffect, useMemo, useRef, useState } from "react"
import { api } from "../api/trpc.ts"
import { BothCodes, CodeDiff } from "../message/code-diff.tsx"
import { type DiffLayout, useDiffLayout } from "../message/diff-layout.ts"
import { diffLines } from "../message/line-diff.ts"
import { Button, IconButton } from "../ui/button.tsx"
import { FailedQuery } from "../ui/failed-query.tsx"
import { Bone, Loading } from "../ui/skeleton.tsx"
import { Ago } from "../ui/time.tsx"
import { LayoutSwitch } from "./layout-switch.tsx"
import { listPartChanges } from "./metadata-words.ts"
import { PartChanges } from "./part-changes.tsx"
import { useWide } from "./use-wide.ts"

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

/** Two versions of a clip against each other, with the way back to the earlier ones. */
export function VersionCompare({
  clip,
  versions: [from, to],
  locked,
  onRestore,
  onClose,
}: {
  clip: Clip
  /** The earlier and the later one. */
  versions: [number, number]
  /** Why nothing can be restored for the moment. */
  locked: string | undefined
  onRestore: (version: number) => Promise<unknown>
  onClose: () => void
}) {
  const before = useVersion(clip, from)
  const after = useVersion(clip, to)
  const isWide = useWide()
  const layout = useDiffLayout()
  const [restoring, setRestoring] = useState<number>()
  const heading = useRef<HTMLHeadingElement>(null)
  const failed = [before, after].find(({ shown, query }) => !shown && query.isError)
  const former = [from, to].filter((version) => version !== clip.version)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another pair is another thing to look at.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    heading.current?.scrollIntoView({ block: "nearest" })
  }, [from, to])

  async function restore(version: number) {
    setRestoring(version)
    await onRestore(version)
    setRestoring(undefined)
  }

  return (
    <section
      aria-label="Comparison"
      className="flex min-w-0 flex-col gap-4 rounded-card border border-line bg-raised/40 p-4"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 ref={heading} tabIndex={-1} className="scroll-mt-20 text-sm font-semibold outline-none">
          Version {from} → {to === clip.version ? `${to}, the current one` : to}
        </h2>
        {before.shown && (
          <span className="text-xs text-soft">
            <Ago at={before.shown.at} />
          </span>
        )}
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <LayoutSwitch />
          {former.map((version) => (
            <Button
              key={version}
              busy={restoring === version}
              disabled={locked !== undefined || restoring !== undefined}
              onClick={() => void restore(version)}
            >
              {restoring !== version && <HistoryIcon aria-hidden="true" />}
              Restore version {version}
            </Button>
          ))}
          <IconButton label="Close the comparison" onClick={onClose}>
            <XIcon aria-hidden="true" />
          </IconButton>
        </div>
      </div>
      {locked && former.length > 0 && <p className="text-sm text-soft">{locked}</p>}
      {failed && <FailedQuery query={failed.query} />}
      {!failed && (!before.shown || !after.shown) && (
        <>
          <Loading what="the versions" />
          <Bone className="h-40 w-full" />
        </>
      )}
      {before.shown && after.shown && (
        <>
          <PartChanges changes={listPartChanges(before.shown, after.shown)} />
          <Codes before={before.shown} after={after.shown} layout={isWide ? layout : "unified"} />
        </>
      )}
    </section>
  )
}
