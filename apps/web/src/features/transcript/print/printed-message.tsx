import type { CodeChange } from "@strudel-agent/contract/message"
import { codeChangesOf } from "@strudel-agent/contract/message/code"
import { DiffCode } from "#shared/diff/diff-code.tsx"
import { type DiffLine, diffLines, type LineDiff } from "#shared/diff/line-diff.ts"
import { Markdown } from "#shared/markdown/markdown.tsx"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import { textOf } from "#shared/ui/metadata.ts"
import { countOf } from "#shared/words/count.ts"
import { roleNames } from "#shared/words/role-names.ts"
import { isTyped, withFences } from "../message/plain-code.ts"

const nameOf = (source: Pick<CodeChange, "item_type" | "item_id" | "project_id">): string =>
  [[textOf(source.item_type), textOf(source.item_id)].filter(Boolean).join(" "), textOf(source.project_id)]
    .filter(Boolean)
    .join(" · ")

const washes = { "+": "bg-added-wash", "-": "bg-removed-wash", " ": "" } as const

/** Lines of all hunks, undefined where some are left out. */
const linesOf = ({ hunks }: LineDiff): (DiffLine | undefined)[] =>
  hunks.flatMap((hunk, place) => (place > 0 ? [undefined, ...hunk] : hunk))

/** Lines of a change that are printed, and changes of a message. */
const most = { lines: 1000, changes: 100 }

function PrintedChange({ change }: { change: CodeChange }) {
  const before = change.before ?? ""
  const after = change.after ?? ""
  const diff = diffLines(before, after)
  const lines = diff ? linesOf(diff) : []
  return (
    <figure className="my-3 rounded-card border border-line">
      <figcaption data-print-head className="border-b border-line px-3 py-1 text-sm font-medium">
        Changed {nameOf(change) || "code"}
      </figcaption>
      <pre className="px-3 py-2 font-mono text-xs/[1.5]">
        {diff
          ? lines.slice(0, most.lines).map((line, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a diff never change places.
              <span key={place} className={line ? washes[line.sign] : "text-faint"}>
                {line?.sign ?? "⋯"} {line && <DiffCode code={line.text} />}
                {"\n"}
              </span>
            ))
          : after}
        {lines.length > most.lines && `⋯ ${countOf(lines.length - most.lines, "further line")}`}
      </pre>
    </figure>
  )
}

/** One message as it is printed: everything open, nothing to press. */
export function PrintedMessage({ message, projectId }: { message: TranscriptMessage; projectId: string | null }) {
  const { messageIndex, role, content, timestamp, context, codeChanges } = message
  const about = context ? nameOf(context) : ""
  const changes = codeChangesOf(codeChanges)
  return (
    <article data-row id={`m-${messageIndex}`} className="border-b border-line py-4 last:border-0">
      <h2 data-print-head className="mb-1.5 flex flex-wrap items-baseline gap-x-2.5 text-sm font-semibold">
        {roleNames[role]}
        <span className="text-xs font-normal text-soft">
          {timestamp.slice(0, 16).replace("T", " ")} {about && `· on ${about}`}
        </span>
        <span className="ml-auto font-mono text-xs font-normal text-faint">#{messageIndex}</span>
      </h2>
      {content.trim() !== "" && (
        <Markdown
          text={isTyped(role) ? withFences(content) : content}
          base={projectId ? { projectId, folder: "" } : undefined}
          breaks={isTyped(role)}
        />
      )}
      {changes.slice(0, most.changes).map((change, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the changes of a message never change places.
        <PrintedChange key={place} change={change} />
      ))}
      {changes.length > most.changes && (
        <p className="text-sm text-soft">{countOf(changes.length - most.changes, "further change")} of code</p>
      )}
    </article>
  )
}
