"use client"

import type { MessageRole } from "@strudel-agent/api/schema/message"
import { BotIcon, EllipsisIcon, type LucideIcon, SettingsIcon, StickyNoteIcon, UserIcon } from "lucide-react"
import { memo } from "react"
import { itemPath, type LinkBase } from "../markdown/item-link.ts"
import { CodeBlock } from "../ui/code-block.tsx"
import { Link } from "../ui/link.tsx"
import { textOf } from "../ui/metadata.ts"
import { Moment } from "../ui/time.tsx"
import { CodeChangeCard } from "./code-change.tsx"
import { Disclosure } from "./disclosure.tsx"
import { codeChangesOf, itemOfMessage } from "./message-items.ts"
import { MessageText } from "./message-text.tsx"
import { roleNames } from "./role-names.ts"
import { useTranscriptTools } from "./transcript-tools.ts"
import type { TranscriptMessage } from "./transcript-window.ts"

const roles: Record<MessageRole, { icon: LucideIcon; mark: string; text: string }> = {
  user: { icon: UserIcon, mark: "border-accent bg-wash text-accent", text: "" },
  assistant: { icon: BotIcon, mark: "border-line bg-raised text-ink", text: "" },
  system: { icon: SettingsIcon, mark: "border-dashed border-edge text-soft", text: "text-soft" },
  note: { icon: StickyNoteIcon, mark: "border-dashed border-edge text-soft", text: "text-soft" },
}

function Context({ context }: { context: NonNullable<TranscriptMessage["context"]> }) {
  const item = itemOfMessage(context)
  const name = [textOf(context.item_type), textOf(context.item_id)].filter(Boolean).join(" ")
  const project = textOf(context.project_id)
  const code = textOf(context.code)
  if (!name && !code) return null
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-1 text-xs text-soft">
      {name && (
        <span>
          on{" "}
          {item ? (
            <Link
              href={itemPath(item)}
              data-item
              className="underline decoration-line underline-offset-4 hover:text-ink hover:decoration-accent"
            >
              {name}
            </Link>
          ) : (
            name
          )}
          {project && ` · ${project}`}
        </span>
      )}
      {code && (
        <Disclosure label="code at that moment">
          <CodeBlock code={code} label="The code at that moment" />
        </Disclosure>
      )}
    </div>
  )
}

const tool =
  "grid size-7 place-items-center rounded-md text-faint hover:bg-raised hover:text-ink aria-expanded:bg-raised aria-expanded:text-ink"

/** One message of a transcript. */
export const MessageItem = memo(function MessageItem({
  message,
  base,
  marked,
}: {
  message: TranscriptMessage
  base: LinkBase | undefined
  /** Whether it is the one that the transcript was opened at. */
  marked: boolean
}) {
  const { messageIndex: index, role, content, timestamp, context, codeChanges } = message
  const { icon: Icon, mark, text } = roles[role]
  const changes = codeChangesOf(codeChanges)
  const tools = useTranscriptTools()
  return (
    <li
      id={`m-${index}`}
      data-row
      data-changed={changes.length > 0 ? "" : undefined}
      tabIndex={-1}
      className={`relative scroll-mt-16 rounded-card py-4 pr-1 pl-11 before:absolute before:top-12 before:bottom-[-1rem] before:left-[0.9375rem] before:w-px before:bg-line last:before:hidden sm:pl-13 ${marked ? "bg-wash" : ""}`}
    >
      <span
        aria-hidden="true"
        className={`absolute top-3.5 left-0 grid size-8 place-items-center rounded-full border ${mark}`}
      >
        <Icon className="size-4" />
      </span>
      <div className="mb-1.5 flex items-center gap-2.5 text-xs text-soft">
        <span className="text-sm font-semibold text-ink">{roleNames[role]}</span>
        <Moment at={timestamp} />
        <a
          href={`?at=${index}#m-${index}`}
          onClick={(event) => {
            if (!tools || event.metaKey || event.ctrlKey || event.shiftKey) return
            event.preventDefault()
            tools.goTo(index)
          }}
          className="ml-auto rounded font-mono text-faint hover:text-accent"
          aria-label={`Link to message ${index}`}
        >
          #{index}
        </a>
        {tools && (
          <button
            type="button"
            aria-label={`More about message ${index}`}
            aria-haspopup="menu"
            onClick={({ currentTarget }) => tools.openMenu(index, currentTarget)}
            className={tool}
          >
            <EllipsisIcon className="size-4" aria-hidden="true" />
          </button>
        )}
      </div>
      <div className={`flex min-w-0 flex-col gap-3 ${text}`}>
        {content.trim() !== "" && <MessageText text={content} base={base} />}
        {changes.map((change, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the changes of a message never change places.
          <CodeChangeCard key={place} change={change} messageIndex={index} />
        ))}
        {context && <Context context={context} />}
      </div>
    </li>
  )
})
