"use client"

import type { MessageRole } from "@strudel-agent/api/schema/message"
import type { Outputs } from "@strudel-agent/client/client"
import { BotIcon, type LucideIcon, SettingsIcon, StickyNoteIcon, UserIcon } from "lucide-react"
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

type Message = Outputs["message"]["list"]["messages"][number]

const roles: Record<MessageRole, { name: string; icon: LucideIcon; mark: string; text: string }> = {
  user: { name: "User", icon: UserIcon, mark: "border-accent bg-wash text-accent", text: "" },
  assistant: { name: "Agent", icon: BotIcon, mark: "border-line bg-raised text-ink", text: "" },
  system: { name: "System", icon: SettingsIcon, mark: "border-dashed border-edge text-soft", text: "text-soft" },
  note: { name: "Note", icon: StickyNoteIcon, mark: "border-dashed border-edge text-soft", text: "text-soft" },
}

function Context({ context }: { context: NonNullable<Message["context"]> }) {
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

/** One message of a transcript. */
export const MessageItem = memo(function MessageItem({
  message,
  base,
  marked,
}: {
  message: Message
  base: LinkBase | undefined
  /** Whether it is the one that the transcript was opened at. */
  marked: boolean
}) {
  const { messageIndex: index, role, content, timestamp, context, codeChanges } = message
  const { name, icon: Icon, mark, text } = roles[role]
  const changes = codeChangesOf(codeChanges)
  return (
    <li
      id={`m-${index}`}
      data-row
      tabIndex={-1}
      className={`relative scroll-mt-16 rounded-card py-4 pr-1 pl-11 before:absolute before:top-12 before:bottom-[-1rem] before:left-[0.9375rem] before:w-px before:bg-line last:before:hidden sm:pl-13 ${marked ? "bg-wash" : ""}`}
    >
      <span
        aria-hidden="true"
        className={`absolute top-3.5 left-0 grid size-8 place-items-center rounded-full border ${mark}`}
      >
        <Icon className="size-4" />
      </span>
      <div className="mb-1.5 flex items-baseline gap-2.5 text-xs text-soft">
        <span className="text-sm font-semibold text-ink">{name}</span>
        <Moment at={timestamp} />
        <Link
          href={`?at=${index}#m-${index}`}
          scroll={false}
          className="ml-auto rounded font-mono text-faint hover:text-accent"
          aria-label={`Link to message ${index}`}
        >
          #{index}
        </Link>
      </div>
      <div className={`flex min-w-0 flex-col gap-3 ${text}`}>
        <MessageText text={content} base={base} />
        {changes.map((change, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the changes of a message never change places.
          <CodeChangeCard key={place} change={change} />
        ))}
        {context && <Context context={context} />}
      </div>
    </li>
  )
})
