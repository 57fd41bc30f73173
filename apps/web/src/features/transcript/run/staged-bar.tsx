"use client"

import type { RunChange } from "@strudel-agent/contract/run"
import { CheckIcon, ListChecksIcon, XIcon } from "lucide-react"
import { useEffect, useLayoutEffect, useRef, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { useActions } from "#shared/keyboard/actions.ts"
import { stagedChanges } from "#shared/transcript/run-inputs.ts"
import { Button } from "#shared/ui/button.tsx"
import { countOf } from "#shared/words/count.ts"
import { isDeletion } from "./run-words.ts"
import { keyOfChange, useRuns, useRunsState } from "./runs-context.ts"
import { useDecide } from "./use-decide.ts"

const cardOf = (change: RunChange): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-change="${CSS.escape(keyOfChange(change))}"]`)

/**
 * Keeps the focus where the bar goes, or its button: at the first of the changes, which tells what became of it, or where
 * that is not drawn at the field of messages.
 */
function useKeptFocus(changes: RunChange[], hasApproval: boolean) {
  const bar = useRef<HTMLElement>(null)
  const isAtApproval = useRef(false)
  const shown = useRef(changes)
  useEffect(() => {
    shown.current = changes
  })
  useLayoutEffect(() => {
    // The button tells nobody that it loses the focus by going.
    if (hasApproval || !isAtApproval.current) return
    isAtApproval.current = false
    bar.current?.querySelector("button")?.focus()
  }, [hasApproval])
  useLayoutEffect(() => {
    const element = bar.current
    return () => {
      if (!element?.contains(document.activeElement)) return
      const card = shown.current.map(cardOf).find((each) => each !== null)
      const next = card ?? document.querySelector<HTMLElement>("form[aria-label='Write to this session'] textarea")
      next?.focus({ preventScroll: true })
    }
  }, [])
  const approval = {
    onFocus() {
      isAtApproval.current = true
    },
    onBlur() {
      isAtApproval.current = false
    },
  }
  return { bar, approval }
}

function Bar({ changes, onGo }: { changes: RunChange[]; onGo: (run: number) => void }) {
  const { decideAll } = useDecide()
  const [busy, setBusy] = useState(false)
  const [first] = changes
  // What is deleted was seen before: each deletion has its own button.
  const approvable = changes.filter((change) => !isDeletion(change))
  const deletions = changes.length - approvable.length
  const kept = useKeptFocus(changes, approvable.length > 0)
  const approval = deletions === 0 ? "Approve all" : "Approve all but deletions"
  async function all(approved: boolean) {
    if (busy) return
    setBusy(true)
    await decideAll(approved ? approvable : changes, approved).finally(() => setBusy(false))
  }
  function show() {
    const card = first && cardOf(first)
    if (card) {
      card.scrollIntoView({ block: "center" })
      card.querySelector<HTMLElement>("[data-approve]")?.focus({ preventScroll: true })
    } else if (first) onGo(first.number)
  }
  const group = "Transcript"
  useActions([
    { id: "changes-show", name: "Show the change that waits for you", group, keys: "a", run: show },
    { id: "changes-reject", name: "Reject all changes that wait", group, run: () => void all(false) },
    ...(approvable.length > 0
      ? [{ id: "changes-approve", name: `${approval}, of the changes that wait`, group, run: () => void all(true) }]
      : []),
  ])
  return (
    <section
      ref={kept.bar}
      aria-label="Changes that wait for you"
      className="border-t border-line bg-wash px-4 py-1.5 md:px-8"
    >
      <div className="mx-auto flex w-full max-w-3xl flex-wrap items-center gap-2 text-sm">
        <button
          type="button"
          onClick={show}
          className="flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded text-left text-accent hover:underline"
        >
          <ListChecksIcon className="size-4 shrink-0" aria-hidden="true" />
          <span role="status">
            {countOf(changes.length, "change")}{" "}
            <span className="max-sm:sr-only">{changes.length === 1 ? "waits" : "wait"} for you</span>
          </span>
        </button>
        <Button
          // A button that is disabled would lose the focus.
          aria-disabled={busy}
          onClick={() => void all(false)}
          className="min-h-8 px-2.5 aria-disabled:text-faint"
        >
          <XIcon aria-hidden="true" />
          Reject all
        </Button>
        {approvable.length > 0 && (
          <Button
            {...kept.approval}
            aria-disabled={busy}
            busy={busy}
            onClick={() => void all(true)}
            className="min-h-8 border-accent! px-2.5 text-accent!"
          >
            {!busy && <CheckIcon aria-hidden="true" />}
            {approval}
          </Button>
        )}
      </div>
    </section>
  )
}

/** Says how many changes wait for a person, and decides all of them at once. */
export function StagedBar({ onGo }: { onGo: (run: number) => void }) {
  const sessionId = useRuns()?.sessionId ?? ""
  const hasRuns = useRunsState(({ last }) => last !== undefined)
  const { data } = api.run.changes.useQuery(stagedChanges(sessionId), { enabled: hasRuns })
  return data && data.changes.length > 0 ? <Bar changes={data.changes} onGo={onGo} /> : null
}
