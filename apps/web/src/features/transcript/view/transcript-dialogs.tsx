"use client"

import type { Outputs } from "@strudel-agent/client/client"
import type { ComponentType, Dispatch, SetStateAction } from "react"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import type { CodeToSave } from "../message/transcript-tools.ts"
import { ClipsAtDialog } from "./clips-at.tsx"
import { EditDialog } from "./edit-dialog.tsx"
import { ExportDialog } from "./export-dialog.tsx"
import { ForkDialog } from "./fork-dialog.tsx"
import { GoDialog } from "./go-dialog.tsx"
import { MessageMenu } from "./message-menu.tsx"
import { linkOf } from "./use-message-actions.ts"

/** What of other features a transcript shows. */
export interface TranscriptParts {
  /** Steps through the messages from one on and plays the code of each. */
  ReplayBar: ComponentType<{
    sessionId: string
    begin: number
    goTo: (messageIndex: number) => void
    onClose: () => void
  }>
  /** The dialog that makes a clip of code that a message wrote. */
  NewClip: ComponentType<{
    projectId: string | undefined
    of: { id: string; code: string; origin: { sessionId: string; messageIndex: number } }
    onClose: () => void
  }>
}

/** What a transcript asks its reader. */
export type TranscriptAsk =
  | { kind: "menu"; index: number; anchor: HTMLElement }
  | { kind: "fork" | "clips"; index: number }
  | { kind: "edit"; message: TranscriptMessage }
  | { kind: "go" | "export" }
  | { kind: "save"; code: CodeToSave }

/** The menu and the dialogs of a transcript; their code comes with the first of them. */
export function TranscriptDialogs({
  ask,
  session,
  messages,
  changedCode,
  hasCodeAt,
  NewClip,
  onAsk,
  onGo,
  onToggleChanged,
}: {
  ask: TranscriptAsk
  session: Outputs["session"]["byId"]
  messages: TranscriptMessage[]
  changedCode: boolean
  /** Whether the session had code after a message. */
  hasCodeAt: (index: number) => boolean
  NewClip: TranscriptParts["NewClip"]
  onAsk: Dispatch<SetStateAction<TranscriptAsk | undefined>>
  onGo: (index: number | undefined) => void
  onToggleChanged: (from: number) => void
}) {
  const close = () => onAsk(undefined)
  switch (ask.kind) {
    case "menu": {
      const { index, anchor } = ask
      const message = messages.find(({ messageIndex }) => messageIndex === index)
      if (!message) return null
      return (
        <MessageMenu
          key={index}
          message={message}
          link={linkOf(session.id, index)}
          anchor={anchor}
          onlyChanged={changedCode}
          // What was chosen may have asked for something else by then.
          onClose={() => onAsk((current) => (current === ask ? undefined : current))}
          onEdit={message.role === "user" ? () => onAsk({ kind: "edit", message }) : undefined}
          onFork={() => onAsk({ kind: "fork", index })}
          onClips={hasCodeAt(index) ? () => onAsk({ kind: "clips", index }) : undefined}
          onOnlyChanged={() => onToggleChanged(index)}
        />
      )
    }
    case "fork":
      return <ForkDialog session={session} index={ask.index} onClose={close} />
    case "edit":
      return <EditDialog session={session} message={ask.message} onClose={close} />
    case "clips":
      return (
        <ClipsAtDialog
          sessionId={session.id}
          messageIndex={ask.index}
          onSave={(code) => onAsk({ kind: "save", code })}
          onClose={close}
        />
      )
    case "save": {
      const { code, messageIndex, clip } = ask.code
      return (
        <NewClip
          projectId={clip?.projectId ?? session.projectId ?? undefined}
          of={{ id: clip?.id ?? "", code, origin: { sessionId: session.id, messageIndex } }}
          onClose={close}
        />
      )
    }
    case "go":
      return <GoDialog sessionId={session.id} count={session.messageCount} onGo={onGo} onClose={close} />
    case "export":
      return <ExportDialog session={session} onClose={close} />
  }
}
