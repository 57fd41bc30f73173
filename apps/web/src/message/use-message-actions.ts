import { reasonOf } from "@strudel-agent/client/reason"
import type { RefObject } from "react"
import { api } from "../api/trpc.ts"
import { complain, say } from "../ui/toast.tsx"
import { words } from "../words/reasons.ts"
import { copyText } from "./copy-text.ts"
import { changesCode } from "./message-items.ts"
import { openingAddress } from "./message-page.ts"
import { indexOfRow, rowAtHand, rowsOf } from "./rows-in-sight.ts"
import type { TranscriptMessage } from "./transcript-window.ts"
import { useTranscriptKeys } from "./use-transcript-keys.ts"

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
  onExport: () => void
  onWrite: () => void
}

/** What the keyboard does with the messages of a transcript. */
export function useMessageActions({ sessionId, scroller, messages, goTo, onExport, onWrite }: Doing): void {
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
      } else say("No later message changed code.")
    } catch (error) {
      complain(words[reasonOf(error) ?? "INTERNAL"])
    }
  }
  useTranscriptKeys({
    j: () => move(1),
    k: () => move(-1),
    c: () => {
      const row = here()
      if (row) void copyText(linkOf(sessionId, indexOfRow(row)), `the link to message ${indexOfRow(row)}`)
    },
    o: () => here()?.querySelector<HTMLAnchorElement>("a[data-item]")?.click(),
    d: () => void toNextChange(),
    e: onExport,
    w: onWrite,
  })
}
