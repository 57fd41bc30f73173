"use client"

import type { Outputs } from "@strudel-agent/client/client"
import type { VersionedKind } from "@strudel-agent/contract/item"
import type { ComponentProps, ReactNode } from "react"
import { LoadMore } from "#shared/collection/load-more.tsx"
import { type PartKind, partWords } from "#shared/song/part.ts"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Part } from "#shared/ui/page.tsx"
import { Loading, SkeletonBlock } from "#shared/ui/skeleton.tsx"
import { Ago } from "#shared/ui/time.tsx"
import { countOf } from "#shared/words/count.ts"
import { partName } from "./metadata-words.ts"

type Entry = Outputs[VersionedKind]["history"]["items"][number]
type OrderChange = NonNullable<Outputs["song"]["history"]["items"][number]["change"]>["order"]

const link = "underline decoration-line underline-offset-4 hover:text-ink hover:decoration-accent"

function Origin({ version: { sessionId, messageIndex, sessionName, preview } }: { version: Entry }) {
  if (!sessionId) return <span className="text-faint">Made by hand</span>
  if (sessionName === null) return <span className="text-faint">From a session that is gone</span>
  return (
    <>
      <Link href={`/sessions/${sessionId}`} className={link}>
        {sessionName}
      </Link>
      {messageIndex !== null && (
        <Link
          href={`/sessions/${sessionId}?at=${messageIndex}#m-${messageIndex}`}
          className="mt-0.5 line-clamp-2 text-xs text-soft hover:text-ink hover:underline"
        >
          <span className="font-mono text-faint">#{messageIndex}</span> {preview ?? "message"}
        </Link>
      )}
    </>
  )
}

/** What happened to an order, in words. */
function orderInWords(order: OrderChange, kind: PartKind): string[] {
  const { one, many } = partWords[kind]
  if (!order) return ["another order"]
  const words = [
    [order.added, "added"],
    [order.removed, "removed"],
    [order.moved, "moved"],
  ] as const
  return words.flatMap(([count, what]) => (count > 0 ? [`${countOf(count, one, many)} ${what}`] : []))
}

function Change({ change, part }: { change: Entry["change"]; part: PartKind | undefined }) {
  if (!change) return <span className="text-soft">made</span>
  const { lines, metadataKeys, renamed } = change
  const order = part && "order" in change ? orderInWords(change.order, part) : []
  const others = [...order, ...(renamed ? ["name"] : []), ...metadataKeys.map(partName)]
  return (
    <>
      {lines === null && <span className="text-soft">rewritten</span>}
      {lines && lines.added + lines.removed > 0 && (
        <span className="font-mono tabular-nums">
          {part && <span className="font-sans text-soft">text </span>}
          <span className="text-added">
            +{lines.added}
            <span className="sr-only"> lines added</span>
          </span>{" "}
          <span className="text-removed">
            −{lines.removed}
            <span className="sr-only"> lines removed</span>
          </span>
        </span>
      )}
      {others.length > 0 && <span className="text-soft">{others.join(", ")}</span>}
    </>
  )
}

type History<Version> = ComponentProps<typeof LoadMore>["pages"] &
  ComponentProps<typeof FailedQuery>["query"] & {
    data: { pages: { items: Version[] }[] } | undefined
    isPending: boolean
    isError: boolean
  }

/** The history of an item, the newest version first: what each changed, when, and where it came from. */
export function VersionList<Version extends Entry>({
  history,
  current,
  part,
  shown,
  onToggle,
  pictureOf,
}: {
  history: History<Version>
  current: number
  /** What the item has in an order. */
  part?: PartKind
  /** The versions on show. */
  shown: number[]
  onToggle: (version: number) => void
  pictureOf?: (version: Version) => ReactNode
}) {
  const versions = history.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Part title="History" note={history.hasNextPage ? `${versions.length}+` : versions.length || undefined}>
      {history.isPending && (
        <>
          <Loading what="the history" />
          <SkeletonBlock className="h-12 w-full" />
        </>
      )}
      {history.isError && !history.data && <FailedQuery query={history} />}
      {versions.length > 0 && (
        <p className="text-xs text-soft">
          {versions.length > 1
            ? "Choose a version to compare it with the current one, or two to compare them."
            : "Every change that is stored is kept here as a version."}
        </p>
      )}
      <ol aria-label="Versions" className="flex flex-col text-sm">
        {versions.map((version) => (
          <li key={version.version} className="flex items-start gap-3 border-b border-line py-2.5 last:border-0">
            <button
              type="button"
              aria-pressed={shown.includes(version.version)}
              aria-label={`v${version.version}: compare this version`}
              onClick={() => onToggle(version.version)}
              className="h-7 min-w-11 shrink-0 rounded-md border border-line px-2 font-mono text-xs hover:border-edge aria-pressed:border-accent aria-pressed:bg-wash aria-pressed:text-accent"
            >
              v{version.version}
            </button>
            <div className="min-w-0 flex-1 leading-snug [overflow-wrap:anywhere]">
              <Origin version={version} />
              <p className="mt-1 flex flex-wrap items-baseline gap-x-2 text-xs">
                <Change change={version.change} part={part} />
                {version.version === current && <span className="text-accent">current</span>}
                <span className="ml-auto text-soft">
                  <Ago at={version.createdAt} />
                </span>
              </p>
              {pictureOf?.(version)}
            </div>
          </li>
        ))}
      </ol>
      <LoadMore pages={history} />
    </Part>
  )
}
