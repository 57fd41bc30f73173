"use client"

import { codeChangesOf } from "@strudel-agent/contract/message/code"
import { useState } from "react"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import { holdScroll } from "#shared/ui/hold-scroll.ts"
import { formatNumber } from "#shared/words/count.ts"
import { CodeChangeCard } from "./code-change.tsx"
import type { Homes } from "./use-homes.ts"

/** Changes of code that are shown at a time. */
const mostChanges = 12

/** What a message changed, a few at a time. */
export function CodeChanges({ message, homes }: { message: TranscriptMessage; homes: Homes }) {
  const [most, setMost] = useState(mostChanges)
  const changes = codeChangesOf(message.codeChanges)
  const left = changes.length - most
  return (
    <>
      {changes.slice(0, most).map((change, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the changes of a message never change places.
        <CodeChangeCard key={place} change={change} place={place} message={message} homes={homes} />
      ))}
      {left > 0 && (
        <button
          type="button"
          onClick={({ currentTarget }) => holdScroll(currentTarget, () => setMost(most + mostChanges))}
          className="self-start rounded text-sm text-accent underline underline-offset-4"
        >
          Show more of the {formatNumber(left)} further changes
        </button>
      )}
    </>
  )
}
