"use client"

import { ArrowDownIcon, ArrowUpIcon } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import { IconButton } from "#shared/ui/button.tsx"
import { Loading, SkeletonBlock } from "#shared/ui/skeleton.tsx"

const load = () => loadWithRetry(() => import("./merge.ts"))
type Merge = ReturnType<Awaited<ReturnType<typeof load>>["openMerge"]>

interface Side {
  text: string
  /** What it is, such as "Version 7". */
  label: string
}

const SideName = ({ children }: { children: string }) => (
  <p className="min-w-0 flex-1 truncate px-4 py-2 text-xs last-of-type:pr-20 font-medium text-soft">{children}</p>
)

/**
 * Two codes against each other, the left one only to be read. With `onChange` the right one can be edited, and what
 * differs can be taken over from the left.
 */
export function MergeCode({
  left,
  right,
  onChange,
  beside,
}: {
  left: Side
  right: Side
  onChange?: (text: string) => void
  /** Beside each other; else as one text, what is only in the left one above what is only in the right one. */
  beside: boolean
}) {
  const parent = useRef<HTMLDivElement>(null)
  const latest = useRef({ right, onChange })
  const [merge, setMerge] = useState<Merge>()
  latest.current = { right, onChange }
  const editable = onChange !== undefined

  useEffect(() => {
    let opened: Merge | undefined
    let gone = false
    void load().then(({ openMerge }) => {
      if (gone || !parent.current) return
      opened = openMerge({
        parent: parent.current,
        left: { text: left.text, label: left.label },
        right: { text: latest.current.right.text, label: right.label },
        beside,
        onChange: editable ? (text) => latest.current.onChange?.(text) : undefined,
      })
      setMerge(opened)
    })
    return () => {
      gone = true
      opened?.destroy()
      setMerge(undefined)
    }
  }, [left.text, left.label, right.label, beside, editable])

  useEffect(() => merge?.show(right.text), [merge, right.text])

  return (
    <div className="overflow-hidden rounded-card border border-line bg-panel">
      <div className="relative flex min-h-9 items-center border-b border-line">
        <SideName>{beside ? left.label : `${left.label} → ${right.label}`}</SideName>
        {beside && <SideName>{right.label}</SideName>}
        <div className="absolute right-1 flex">
          <IconButton label="The difference before" onClick={() => merge?.step(false)}>
            <ArrowUpIcon aria-hidden="true" />
          </IconButton>
          <IconButton label="The next difference" onClick={() => merge?.step(true)}>
            <ArrowDownIcon aria-hidden="true" />
          </IconButton>
        </div>
      </div>
      <div className="max-h-[65vh] overflow-auto overscroll-contain">
        <div ref={parent} data-merge={merge ? "ready" : "loading"} />
        {!merge && (
          <div className="p-4">
            <Loading what="the comparison" />
            <SkeletonBlock className="h-40 w-full" />
          </div>
        )}
      </div>
    </div>
  )
}
