"use client"

import type { RunChange } from "@strudel-agent/contract/run"
import { CheckIcon, FileDiffIcon, TriangleAlertIcon, XIcon } from "lucide-react"
import { type FocusEvent, memo, type ReactNode, useEffect, useMemo, useRef } from "react"
import { BothCodes, CodeDiff } from "#shared/diff/code-diff.tsx"
import { DiffCounts, DiffLayoutSwitch } from "#shared/diff/diff-head.tsx"
import { useDiffLayout } from "#shared/diff/diff-layout.ts"
import { diffLines, type LineDiff } from "#shared/diff/line-diff.ts"
import { PlayCode, type WrittenCode } from "#shared/playback/play-code.tsx"
import { PlayedVisuals } from "#shared/playback/visuals/played-visuals.tsx"
import { Button } from "#shared/ui/button.tsx"
import { Disclosure } from "#shared/ui/disclosure.tsx"
import { Link } from "#shared/ui/link.tsx"
import { itemPath } from "#shared/url-state/item-link.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { isDeletion, needsInWords, stateOfChange, verbOfChange } from "./run-words.ts"
import { keyOfChange, useRunsState } from "./runs-context.ts"
import { useDecide } from "./use-decide.ts"

const states: Record<RunChange["state"], string> = {
  staged: "border-accent bg-wash text-accent",
  applied: "border-line text-soft",
  rejected: "border-line text-faint",
  replaced: "border-line text-faint",
}

const nameOf = ({ itemType, itemName }: RunChange): string => `${itemType} ${itemName}`

/** The code of a clip as it was, and as it is to be. */
function sidesOf(change: RunChange): { side: string; written: WrittenCode }[] {
  const { sessionId, itemType, projectId, itemName, textBefore, textAfter } = change
  if (itemType !== "clip") return []
  const sides = [
    ["before", textBefore],
    ["after", textAfter],
  ] as const
  return sides.flatMap(([side, code]) => {
    if (code === null || code.trim() === "") return []
    const id = `change:${sessionId}:${keyOfChange(change)}:${side}`
    return [{ side, written: { code, projectId, name: `${itemName} ${side} the change`, id } }]
  })
}

/** Plays the code as it was, and as it is to be. */
const Sides = ({ change }: { change: RunChange }) =>
  sidesOf(change).map(({ side, written }) => (
    <span key={side} className="flex items-center gap-1.5 text-xs text-soft">
      <PlayCode written={written} />
      <span aria-hidden="true">{side}</span>
    </span>
  ))

function Body({ change, diff }: { change: RunChange; diff: LineDiff | undefined }) {
  const layout = useDiffLayout()
  if (!diff) return <BothCodes before={change.textBefore ?? ""} after={change.textAfter ?? ""} />
  if (diff.hunks.length === 0) return <p className="px-3 py-2 text-sm text-soft">No line differs.</p>
  return <CodeDiff diff={diff} label={`Changed lines of ${nameOf(change)}`} layout={layout} />
}

const conflict = /^(CLIP|SONG|PLAYLIST)_(CHANGED|EXISTS|NOT_FOUND)$/

/** Asks a person about a change that waits, and says why it could not be made. */
function Decision({ change }: { change: RunChange }) {
  const key = keyOfChange(change)
  const problem = useRunsState(({ problems }) => problems.get(key))
  const busy = useRunsState(({ deciding }) => deciding.has(key))
  const { decide } = useDecide()
  const deletes = isDeletion(change)
  const name = nameOf(change)
  const withNeeds = needsInWords(change.needs)
  const answer = (approved: boolean) => () => {
    if (!busy) void decide(change, approved)
  }
  return (
    <div data-decision className="flex min-h-12 flex-wrap items-center gap-2 border-t border-line px-3 py-2">
      {problem && (
        <p role="alert" className="flex basis-full items-start gap-2 text-sm text-danger">
          <TriangleAlertIcon className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          <span>
            {problem.approved ? (deletes ? "Not deleted." : "Not made.") : "Not rejected."}{" "}
            {problem.reason.endsWith("_CHANGED")
              ? `The ${change.itemType} has changed since this was proposed.`
              : wordsOf(problem.reason)}
            {problem.approved &&
              conflict.test(problem.reason) &&
              " Reject this, and ask the agent again: it then works on what is there."}
          </span>
        </p>
      )}
      <Button
        data-approve
        // A button that is disabled would lose the focus.
        aria-disabled={busy}
        busy={busy}
        aria-label={`Approve: ${verbOfChange(change)} ${name}${withNeeds === "" ? "" : ` with ${withNeeds}`}`}
        onClick={answer(true)}
        className={`min-h-8 ${deletes ? "border-danger! text-danger!" : "border-accent! text-accent!"}`}
      >
        {!busy && <CheckIcon aria-hidden="true" />}
        {deletes ? "Approve the deletion" : withNeeds === "" ? "Approve" : `Approve with ${withNeeds}`}
      </Button>
      <Button
        aria-disabled={busy}
        aria-label={`Reject: ${verbOfChange(change)} ${name}`}
        onClick={answer(false)}
        className="min-h-8 aria-disabled:text-faint"
      >
        <XIcon aria-hidden="true" />
        Reject
      </Button>
      <span className="text-xs text-soft max-sm:hidden">
        {withNeeds !== ""
          ? `It needs ${withNeeds}, which wait for you, too.`
          : deletes
            ? "Its versions go with it."
            : change.itemType === "clip" && "Once approved, it is heard on the next cycle where it plays."}
      </span>
    </div>
  )
}

/**
 * Keeps the focus where a change is decided: its buttons go, and who works by keys goes on at the next change that waits,
 * others at the card itself.
 */
function useKeptFocus(isStaged: boolean) {
  const card = useRef<HTMLElement>(null)
  const held = useRef<"keys" | "pointer">(undefined)
  useEffect(() => {
    const by = held.current
    if (isStaged || !by || !card.current) return
    held.current = undefined
    const active = document.activeElement
    if (active && active !== document.body) return
    const transcript = card.current.closest("[data-transcript]")
    const waiting = [...(transcript?.querySelectorAll<HTMLElement>("[data-change]:has([data-approve])") ?? [])]
    const own = card.current
    const later = waiting.find((each) => own.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING)
    const next = by === "keys" ? (later ?? waiting[0]) : undefined
    ;(next ?? own).focus({ preventScroll: true })
    next?.scrollIntoView({ block: "nearest" })
  }, [isStaged])
  const onFocus = ({ target }: FocusEvent) => {
    if (target.closest("[data-decision]")) held.current = target.matches(":focus-visible") ? "keys" : "pointer"
  }
  const onBlur = () => {
    held.current = undefined
  }
  return { ref: card, tabIndex: -1, onFocus, onBlur }
}

/** A change of the library that a run made, or wants to make. */
export const ChangeCard = memo(function ChangeCard({
  change,
  actions,
}: {
  change: RunChange
  /** What else can be done about a change that was made. */
  actions?: ReactNode
}) {
  const { state, projectId, itemType, itemId, textBefore, textAfter, version } = change
  const diff = useMemo(() => diffLines(textBefore ?? "", textAfter ?? ""), [textBefore, textAfter])
  const isThere = state === "applied" ? textAfter !== null : textBefore !== null
  const path = itemPath({ itemType, projectId, itemId })
  const name = nameOf(change)
  const isOver = state === "rejected" || state === "replaced"
  const kept = useKeptFocus(state === "staged")
  return (
    <figure
      {...kept}
      data-change={keyOfChange(change)}
      className={`min-w-0 scroll-mt-16 overflow-hidden rounded-card border bg-panel ${state === "staged" ? "border-accent" : "border-line"}`}
    >
      <figcaption className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1.5 pr-2 pl-3 text-sm last:border-0">
        <FileDiffIcon className={`size-4 ${isOver ? "text-faint" : "text-accent"}`} aria-hidden="true" />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          <span className="text-soft">{verbOfChange(change)} </span>
          {isThere ? (
            <Link
              href={path}
              data-item
              className="font-medium underline decoration-line underline-offset-4 hover:decoration-accent"
            >
              {name}
            </Link>
          ) : (
            <span className="font-medium">{name}</span>
          )}
        </span>
        <span className={`rounded-full border px-2 text-xs/5 whitespace-nowrap ${states[state]}`}>
          {state === "applied" && isThere && version !== null && itemType === "clip" ? (
            <Link href={`${path}?version=${version}`} className="hover:text-ink">
              {stateOfChange(change)}
            </Link>
          ) : (
            stateOfChange(change)
          )}
        </span>
        <span className="ml-auto flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
          <Sides change={change} />
          {diff && <DiffCounts diff={diff} />}
          {!isOver && diff && diff.hunks.length > 0 && <DiffLayoutSwitch of={name} />}
        </span>
      </figcaption>
      {isOver ? (
        <div className="flex flex-col px-3 py-2">
          <Disclosure label="What it would have changed">
            <Body change={change} diff={diff} />
          </Disclosure>
        </div>
      ) : (
        <Body change={change} diff={diff} />
      )}
      {sidesOf(change).map(({ side, written }) => (
        <PlayedVisuals key={side} id={written.id} />
      ))}
      {state === "staged" && <Decision change={change} />}
      {state === "applied" && actions}
    </figure>
  )
})
