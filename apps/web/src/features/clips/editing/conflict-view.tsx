"use client"

import { type RefObject, useEffect, useMemo, useRef } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { Button } from "#shared/ui/button.tsx"
import type { Side } from "#shared/versioned-draft/merge.ts"
import { inWords, listPartChanges, partName } from "#shared/versions/metadata-words.ts"
import { PartChanges } from "#shared/versions/part-changes.tsx"
import { useWide } from "#shared/versions/use-wide.ts"
import { type Content, type Editing, isSameContent, type Merging } from "./clip-editing.ts"
import { beginMerging, type Clash, findClashes, meetMerging, mergeCode, parts, resolveContent } from "./clip-merge.ts"
import type { Resolution } from "./use-clip-editing.ts"

const MergeCode = onDemand(() => import("#shared/editor/merge-code.tsx").then((part) => part.MergeCode))

function ClashChoice({
  clash: { part, mine, theirs },
  version,
  chosen,
  onChoose,
}: {
  clash: Clash
  version: number
  chosen: Side
  onChoose: (side: Side) => void
}) {
  const sides = [
    ["mine", "Yours", mine],
    ["theirs", `Version ${version}`, theirs],
  ] as const
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-sm font-medium">Both changed the {partName(part)}</legend>
      {sides.map(([side, name, value]) => (
        <label key={side} className="flex items-baseline gap-2 text-sm [overflow-wrap:anywhere]">
          <input
            type="radio"
            className="accent-accent"
            name={`clash-${part}`}
            checked={chosen === side}
            onChange={() => onChoose(side)}
          />
          <span className="text-soft">{name}:</span> <span>{inWords(value) ?? "none"}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** What came while one compared and is not in the merge: nothing is saved before it was looked at. */
function Unseen({
  unseen: { version, code, parts },
  onSeen,
}: {
  unseen: NonNullable<Merging["unseen"]>
  onSeen: () => void
}) {
  const changed = [...(code ? ["lines of your merge"] : []), ...parts.map((part) => `the ${partName(part)}`)]
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 rounded-card border border-danger bg-panel px-4 py-3 text-sm"
    >
      <p className="min-w-0 flex-1 basis-60">
        Version {version} was stored while you compared. It changed {new Intl.ListFormat("en").format(changed)} too:
        take over what you want of it, or go on with yours.
      </p>
      <Button onClick={onSeen}>Go on with mine</Button>
    </div>
  )
}

/**
 * A clip that was changed in two places at once: what was stored meanwhile beside what is unsaved here. What is chosen
 * or merged is stored on top of the newest version; that one stays in the history.
 */
export function ConflictView({
  editing,
  busy,
  problem,
  resolution,
  onMerge,
  onResolve,
  onClose,
}: {
  editing: Editing
  busy: boolean
  /** Why the last try did not work. */
  problem: string | undefined
  /** Where it is written down what would be saved, for the key that saves. */
  resolution: RefObject<Resolution | undefined>
  onMerge: (merging: Merging) => void
  onResolve: (made: Resolution) => void
  /** Told of what would be saved. */
  onClose: (resolved: Content) => void
}) {
  const { base, newest, draft } = editing
  const isWide = useWide()
  const heading = useRef<HTMLHeadingElement>(null)
  const merged = useMemo(() => mergeCode({ base, draft, newest }), [base, draft, newest])
  const merging = useMemo(() => {
    const began = editing.draft.merging ?? beginMerging(editing)
    // While it is saved, what is heard of may be that very merge.
    return busy || began.on.version === editing.newest.version ? began : meetMerging(editing, began)
  }, [editing, busy])
  const { on, code, chosen, unseen, met } = merging
  const clashes = findClashes(editing)
  const differs = draft.code !== newest.code
  const resolved = resolveContent({ ...editing, newest: on }, merging)

  useEffect(() => heading.current?.focus(), [])
  useEffect(() => {
    if (merging !== draft.merging) onMerge(merging)
  })
  useEffect(() => {
    resolution.current = unseen ? undefined : { content: resolved, on }
    return () => {
      resolution.current = undefined
    }
  })

  const decide = (change: Partial<Merging>) => onMerge({ ...merging, ...change, byHand: true })
  const put = (code: string) => decide({ code, unseen: undefined, met: undefined })
  const takeAll = (side: Side) =>
    decide({
      code: side === "mine" ? draft.code : newest.code,
      chosen: Object.fromEntries(parts.map((part) => [part, side])),
      unseen: undefined,
      met: undefined,
    })

  return (
    <section aria-label="Both versions" className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold tracking-tight outline-none">
          Changed in two places
        </h2>
        <p className="max-w-3xl text-sm text-soft">
          Version {newest.version} was stored elsewhere while you changed version {base.version}.{" "}
          {!differs && "The code is the same in both. "}
          {differs && merged !== undefined && "Both changes fit together: look them over and save. "}
          {differs && merged === undefined && "Both changed the same lines: take over what you want of theirs. "}
          What you save goes on top of version {newest.version}, which stays in the history.
        </p>
      </div>
      {met !== undefined && (
        <p role="status" className="text-sm text-soft">
          Version {met} was stored while you compared. It fits, and is merged with what you had.
        </p>
      )}
      {unseen && <Unseen unseen={unseen} onSeen={() => put(code)} />}
      {clashes.map((clash) => (
        <ClashChoice
          key={clash.part}
          clash={clash}
          version={newest.version}
          chosen={chosen[clash.part] ?? "mine"}
          onChoose={(side) => decide({ chosen: { ...chosen, [clash.part]: side } })}
        />
      ))}
      <div className="flex flex-wrap items-center gap-2">
        {merged !== undefined && differs && <Button onClick={() => put(merged)}>Merge both</Button>}
        <Button onClick={() => takeAll("mine")}>Take mine</Button>
        <Button onClick={() => takeAll("theirs")}>Take theirs</Button>
        <span className="ml-auto flex flex-wrap gap-2">
          <Button onClick={() => !busy && onClose(resolved)} aria-disabled={busy}>
            Go on editing
          </Button>
          <Button
            busy={busy}
            // One that is disabled would lose the focus while it saves.
            aria-disabled={busy}
            disabled={unseen !== undefined}
            aria-keyshortcuts="Meta+S Control+S"
            onClick={() => !busy && onResolve({ content: resolved, on })}
            className="border-accent! bg-accent! text-on-accent! disabled:opacity-50"
          >
            {isSameContent(resolved, newest)
              ? `Use version ${newest.version}`
              : `Save as version ${newest.version + 1}`}
          </Button>
        </span>
      </div>
      {problem && (
        <p role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
      <MergeCode
        left={{ text: newest.code, label: `Version ${newest.version}, stored elsewhere` }}
        right={{ text: code, label: "Yours, to be saved" }}
        onChange={(code) => decide({ code })}
        beside={isWide}
      />
      <PartChanges changes={listPartChanges(newest, resolved)} besides="code" />
    </section>
  )
}
