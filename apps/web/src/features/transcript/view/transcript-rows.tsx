"use client"

import { memo } from "react"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import type { LinkBase } from "#shared/url-state/item-link.ts"
import { MessageItem } from "../message/message-item.tsx"

/** The messages that are loaded, each drawn once. */
export const TranscriptRows = memo(function TranscriptRows({
  messages,
  later,
  projectId,
  at,
}: {
  messages: TranscriptMessage[]
  /** Those that are drawn only when they come near. */
  later: ReadonlySet<number>
  /** Where the links of messages start from. */
  projectId: string | null
  /** The message that was asked for. */
  at: number | undefined
}) {
  return (
    <ol>
      {messages.map((message) => (
        <MessageItem
          key={message.messageIndex}
          message={message}
          later={later.has(message.messageIndex)}
          base={baseOf(projectId)}
          marked={message.messageIndex === at}
        />
      ))}
    </ol>
  )
})

const bases = new Map<string, LinkBase>()

/** Where the links of a project start from: the same object each time, so that no message is drawn again for it. */
export function baseOf(projectId: string | null): LinkBase | undefined {
  if (projectId === null) return undefined
  const base = bases.get(projectId) ?? { projectId, folder: "" }
  bases.set(projectId, base)
  return base
}
