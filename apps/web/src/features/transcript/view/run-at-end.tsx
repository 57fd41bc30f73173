"use client"

import { useDeferredValue } from "react"
import { api } from "#shared/api/trpc.ts"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import type { LinkBase } from "#shared/url-state/item-link.ts"
import { standsAtEnd } from "../run/run-of-message.ts"
import { RunRow } from "../run/run-row.tsx"
import { RunStatus } from "../run/run-status.tsx"
import { useRuns, useRunsState } from "../run/runs-context.ts"
import { Waiting } from "../run/waiting.tsx"
import { ScrollAnchor } from "./scroll-anchor.tsx"

/** The answer that is being written, behind the messages that are stored. */
export function RunAtEnd({
  isShown,
  messages,
  onlyChanged,
  isAsked,
  scroller,
  base,
}: {
  /** Whether the last messages are shown. */
  isShown: boolean
  messages: TranscriptMessage[]
  /** Whether only messages that changed code are shown. */
  onlyChanged: boolean
  /** Whether there is a message that no run has taken up. */
  isAsked: boolean
  scroller: () => HTMLElement | null
  base: LinkBase | undefined
}) {
  const sessionId = useRuns()?.sessionId ?? ""
  const last = useRunsState(({ last }) => last)
  // A long answer is drawn between two frames.
  const heard = useDeferredValue(last)
  const number = heard?.run.number ?? 0
  const hasBegun = heard?.run.state !== "queued"
  const isHere = isShown && heard !== undefined && hasBegun && standsAtEnd(heard.run, messages, onlyChanged)
  const { data } = api.run.changes.useQuery({ sessionId, number }, { enabled: isHere })
  return (
    <ScrollAnchor scroller={scroller} follow={isShown}>
      <RunStatus />
      {isHere && <RunRow key={number} heard={heard} changes={data?.changes ?? []} base={base} />}
      {isShown && (isAsked || !hasBegun) && <Waiting />}
    </ScrollAnchor>
  )
}
