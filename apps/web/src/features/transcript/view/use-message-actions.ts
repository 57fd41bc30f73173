import { reasonOf } from "@strudel-agent/client/reason"
import type { RefObject } from "react"
import { api } from "#shared/api/trpc.ts"
import { useActions } from "#shared/keyboard/actions.ts"
import { changesCode } from "#shared/transcript/message-items.ts"
import { openingAddress } from "#shared/transcript/message-page.ts"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import { showToast, toastError } from "#shared/ui/toast.tsx"
import { wordsOf } from "#shared/words/reasons.ts"
import { copyText } from "../message/copy-text.ts"
import { indexOfRow, rowAtHand, rowsOf } from "../message/visible-rows.ts"

/** The whole address of a message. */
export const linkOf = (sessionId: string, index: number): string =>
  `${window.location.origin}/sessions/${sessionId}${openingAddress({ at: index, changedCode: false })}`

function focusRow(row: HTMLElement | undefined): void {
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: "nearest" })
}

interface Doing {
  sessionId: string
  scroller: RefObject<HTMLElement | null>
  messages: TranscriptMessage[]
  goTo: (index: number) => void
  onGo: () => void
  onToggleChanged: () => void
  onExport: () => void
  onFork: (index: number) => void
  onClips: (index: number) => void
  /** Whether the session had code after a message. */
  hasCodeAt: (index: number) => boolean
  onReplay: () => void
  onWrite: () => void
}

/** What the keyboard and the palette do with the messages of a transcript. */
export function useMessageActions(doing: Doing): void {
  const { sessionId, scroller, messages, goTo, onGo, onToggleChanged, onExport, onReplay, onWrite } = doing
  const { onFork, onClips, hasCodeAt } = doing
  const { client } = api.useUtils()
  const here = () => (scroller.current ? rowAtHand(scroller.current) : undefined)

  function move(step: 1 | -1) {
    if (!scroller.current) return
    const rows = rowsOf(scroller.current)
    const row = here()
    const place = row ? rows.indexOf(row) : -1
    const isFocused = row?.contains(document.activeElement)
    focusRow(rows[isFocused ? place + step : place])
  }
  async function toNextChange() {
    const row = here()
    const index = row ? indexOfRow(row) : -1
    const loaded = messages.find((message) => message.messageIndex > index && changesCode(message))
    try {
      const next =
        loaded ??
        (await client.message.list.query({ sessionId, changedCode: true, limit: 1, after: Math.max(index, 0) }))
          .messages[0]
      if (next) {
        goTo(next.messageIndex)
        requestAnimationFrame(() => document.getElementById(`m-${next.messageIndex}`)?.focus({ preventScroll: true }))
      } else showToast("No later message changed code.")
    } catch (error) {
      toastError(wordsOf(reasonOf(error) ?? "INTERNAL"))
    }
  }
  const withMessage = (run: (index: number) => void) => () => {
    const row = here()
    if (row) run(indexOfRow(row))
  }
  const copyLink = (index: number) => void copyText(linkOf(sessionId, index), `the link to message ${index}`)
  const copyWhole = (index: number) => {
    const message = messages.find(({ messageIndex }) => messageIndex === index)
    if (message) void copyText(message.content, "the text")
  }
  const print = () => window.open(`/sessions/${sessionId}/print`, "_blank", "noopener")
  const itemHere = () => here()?.querySelector<HTMLAnchorElement>("a[data-item]")
  const openItem = () => itemHere()?.click()
  const isCodeHere = () => {
    const row = here()
    return row !== undefined && hasCodeAt(indexOfRow(row))
  }
  const group = "Transcript"
  useActions([
    { id: "message-next", name: "Next message", keys: "j", group, onlyKeys: true, run: () => move(1) },
    { id: "message-previous", name: "Previous message", keys: "k", group, onlyKeys: true, run: () => move(-1) },
    { id: "message-change", name: "Next message that changed code", keys: "d", group, run: () => void toNextChange() },
    { id: "message-link", name: "Copy the message's link", keys: "y", group, run: withMessage(copyLink) },
    { id: "message-text", name: "Copy the message's text", group, run: withMessage(copyWhole) },
    {
      ...{ id: "message-item", name: "Open the message's item", keys: "o", group, run: openItem },
      ready: () => Boolean(itemHere()),
    },
    { id: "message-fork", name: "Fork the session at the message", group, run: withMessage(onFork) },
    {
      ...{ id: "message-clips", name: "Clips at the message's moment", group, run: withMessage(onClips) },
      ready: isCodeHere,
    },
    { id: "transcript-write", name: "Write a message or a note", keys: "w", group, run: onWrite },
    { id: "transcript-go", name: "Go to a message or a date", group, run: onGo },
    { id: "transcript-changed", name: "Show only what changed code, or all", group, run: onToggleChanged },
    { id: "transcript-replay", name: "Replay: hear the code as it was", keys: "v", group, run: onReplay },
    { id: "transcript-export", name: "Export the session", keys: "e", group, run: onExport },
    { id: "transcript-print", name: "Print the session", group, run: print },
  ])
}
