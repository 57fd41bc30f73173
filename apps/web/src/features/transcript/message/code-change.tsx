"use client"

import { itemOf } from "@strudel-agent/contract/item"
import type { CodeChange } from "@strudel-agent/contract/message"
import { codeOfChange } from "@strudel-agent/contract/message/code"
import { FileDiffIcon } from "lucide-react"
import { memo, useMemo } from "react"
import { BothCodes, CodeDiff } from "#shared/diff/code-diff.tsx"
import { DiffCounts, DiffLayoutSwitch } from "#shared/diff/diff-head.tsx"
import { useDiffLayout } from "#shared/diff/diff-layout.ts"
import { diffLines } from "#shared/diff/line-diff.ts"
import { PlayCode } from "#shared/playback/play-code.tsx"
import { PlayedVisuals } from "#shared/playback/visuals/played-visuals.tsx"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import { Link } from "#shared/ui/link.tsx"
import { itemPath } from "#shared/url-state/item-link.ts"
import { CodeChangeActions } from "./code-change-actions.tsx"
import type { Homes } from "./use-homes.ts"

const verbOf = ({ before, after }: CodeChange): string =>
  typeof before !== "string" ? "Wrote" : typeof after !== "string" ? "Removed" : "Changed"

/** What a message did to an item's code. */
export const CodeChangeCard = memo(function CodeChangeCard({
  change,
  place,
  message: { sessionId, messageIndex },
  homes,
}: {
  change: CodeChange
  /** Its place among the changes of its message. */
  place: number
  message: TranscriptMessage
  homes: Homes
}) {
  const before = change.before ?? ""
  const after = change.after ?? ""
  const diff = useMemo(() => diffLines(before, after), [before, after])
  const layout = useDiffLayout()
  const item = itemOf(change)
  const clip = item?.itemType === "clip" ? { projectId: item.projectId, id: item.itemId } : undefined
  const isThere = homes.isThere(change)
  // What is changed of a song or a playlist is no code.
  const code = item && !clip ? "" : codeOfChange(change)
  const name = [change.item_type, change.item_id].filter(Boolean).join(" ") || "code"
  const written = {
    code,
    name: `${clip?.id ?? "code"} of message ${messageIndex}`,
    id: `message:${sessionId}:${messageIndex}:${place}`,
    projectId: item?.projectId ?? "",
  }
  return (
    <figure className="min-w-0 overflow-hidden rounded-card border border-line bg-panel">
      <figcaption className="flex flex-wrap items-center gap-x-3 border-b border-line py-1.5 pr-2 pl-3 text-sm">
        <FileDiffIcon className="size-4 text-accent" aria-hidden="true" />
        <span>
          <span className="text-soft">{verbOf(change)} </span>
          {item && isThere ? (
            <Link
              href={itemPath(item)}
              data-item
              className="font-medium underline decoration-line underline-offset-4 hover:decoration-accent"
            >
              {name}
            </Link>
          ) : (
            <span className="font-medium">{name}</span>
          )}
        </span>
        <span className="ml-auto flex min-h-7 items-center gap-2">
          {code.trim() !== "" && <PlayCode written={written} />}
          {diff && <DiffCounts diff={diff} />}
          {diff && diff.hunks.length > 0 && <DiffLayoutSwitch of={name} />}
        </span>
      </figcaption>
      {!diff && <BothCodes before={before} after={after} />}
      {diff && diff.hunks.length === 0 && <p className="px-3 py-2 text-sm text-soft">No line differs.</p>}
      {diff && diff.hunks.length > 0 && <CodeDiff diff={diff} label={`Changed lines of ${name}`} layout={layout} />}
      <PlayedVisuals id={written.id} />
      {code.trim() !== "" && (
        <CodeChangeActions
          clip={clip}
          isThere={isThere}
          change={change}
          messageIndex={messageIndex}
          home={homes.homeOf(place)}
          known={homes.known}
        />
      )}
    </figure>
  )
})
