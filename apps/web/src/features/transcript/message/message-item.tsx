"use client"

import type { MessageRole } from "@strudel-agent/contract/message"
import { codeChangesOf } from "@strudel-agent/contract/message/code"
import { BotIcon, EllipsisIcon, type LucideIcon, SettingsIcon, StickyNoteIcon, UserIcon } from "lucide-react"
import { memo, useRef } from "react"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import { Moment } from "#shared/ui/time.tsx"
import type { LinkBase } from "#shared/url-state/item-link.ts"
import { roleNames } from "#shared/words/role-names.ts"
import { LaterMessageBody } from "./later-message-body.tsx"
import { MessageBody } from "./message-body.tsx"
import { useTranscriptTools } from "./transcript-tools.ts"

const roles: Record<MessageRole, { icon: LucideIcon; mark: string; text: string }> = {
  user: { icon: UserIcon, mark: "border-accent bg-wash text-accent", text: "" },
  assistant: { icon: BotIcon, mark: "border-line bg-raised text-ink", text: "" },
  system: { icon: SettingsIcon, mark: "border-dashed border-edge text-soft", text: "text-soft" },
  note: { icon: StickyNoteIcon, mark: "border-dashed border-edge text-soft", text: "text-soft" },
}

const tool =
  "grid size-7 place-items-center rounded-md text-faint hover:bg-raised hover:text-ink aria-expanded:bg-raised aria-expanded:text-ink"

/** One message of a transcript. */
export const MessageItem = memo(function MessageItem({
  message,
  later,
  base,
  marked,
}: {
  message: TranscriptMessage
  /** Whether it is drawn only when it comes near. */
  later: boolean
  base: LinkBase | undefined
  /** Whether it is the one that the transcript was opened at. */
  marked: boolean
}) {
  const { messageIndex: index, role, timestamp, codeChanges } = message
  const { icon: Icon, mark, text } = roles[role]
  const changes = codeChangesOf(codeChanges)
  const place = useRef<HTMLDivElement>(null)
  const Body = later ? LaterMessageBody : MessageBody
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
      <div ref={place} className={`flex min-w-0 flex-col gap-3 ${text}`}>
        <Body message={message} base={base} place={place} />
      </div>
    </li>
  )
})
