"use client"

import { HistoryIcon, XIcon } from "lucide-react"
import { type ComponentProps, type ReactNode, useEffect, useRef, useState } from "react"
import { Button, IconButton } from "#shared/ui/button.tsx"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Loading, SkeletonBlock } from "#shared/ui/skeleton.tsx"
import { Ago } from "#shared/ui/time.tsx"
import { LayoutSwitch } from "./layout-switch.tsx"

/** A version as far as it is there already. */
interface Side {
  shown: { at: string } | undefined
  query: ComponentProps<typeof FailedQuery>["query"] & { isError: boolean }
}

/** Two versions of an item against each other, with the way back to the earlier ones. */
export function Comparison({
  versions: [from, to],
  current,
  before,
  after,
  locked,
  without,
  layouts = false,
  onRestore,
  onClose,
  children,
}: {
  /** The earlier and the later one. */
  versions: [number, number]
  current: number
  before: Side
  after: Side
  /** Why nothing can be restored for the moment. */
  locked: string | undefined
  /** What has to be left out of a version that is restored. */
  without?: (version: number) => string | undefined
  /** Whether what differs can be laid out in two ways. */
  layouts?: boolean
  onRestore: (version: number, without: string | undefined) => Promise<unknown>
  onClose: () => void
  /** What differs, once both are there. */
  children: ReactNode
}) {
  const [restoring, setRestoring] = useState<number>()
  const heading = useRef<HTMLHeadingElement>(null)
  const failed = [before, after].find(({ shown, query }) => !shown && query.isError)
  const former = [from, to].filter((version) => version !== current)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another pair is another thing to look at.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    heading.current?.scrollIntoView({ block: "nearest" })
  }, [from, to])

  async function restore(version: number) {
    setRestoring(version)
    await onRestore(version, without?.(version))
    setRestoring(undefined)
  }

  return (
    <section
      aria-label="Comparison"
      className="flex min-w-0 flex-col gap-4 rounded-card border border-line bg-raised/40 p-4"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 ref={heading} tabIndex={-1} className="scroll-mt-20 text-sm font-semibold outline-none">
          Version {from} → {to === current ? `${to}, the current one` : to}
        </h2>
        {before.shown && (
          <span className="text-xs text-soft">
            <Ago at={before.shown.at} />
          </span>
        )}
        <div className="ml-auto flex flex-wrap items-center gap-2">
          {layouts && <LayoutSwitch />}
          {former.map((version) => (
            <Button
              key={version}
              busy={restoring === version}
              disabled={locked !== undefined || restoring !== undefined}
              onClick={() => void restore(version)}
            >
              {restoring !== version && <HistoryIcon aria-hidden="true" />}
              Restore version {version}
              {without?.(version) && ` without ${without(version)}`}
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
          <SkeletonBlock className="h-40 w-full" />
        </>
      )}
      {before.shown && after.shown && children}
    </section>
  )
}
