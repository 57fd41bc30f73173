"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { useEffect, useRef, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { Button } from "#shared/ui/button.tsx"
import { Dialog } from "#shared/ui/dialog.tsx"
import { Field } from "#shared/ui/field.tsx"
import { formatNumber } from "#shared/words/count.ts"
import { wordsOf } from "#shared/words/reasons.ts"

/** Asks for a message by its number, or by the moment it was said. */
export function GoDialog({
  sessionId,
  count,
  onGo,
  onClose,
}: {
  sessionId: string
  count: number
  /** Leads to a message, or to the end. */
  onGo: (index: number | undefined) => void
  onClose: () => void
}) {
  const { client } = api.useUtils()
  const [number, setNumber] = useState("")
  const [date, setDate] = useState("")
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const open = useRef(false)
  useEffect(() => {
    open.current = true
    return () => {
      open.current = false
    }
  }, [])

  function go(index: number | undefined) {
    onClose()
    onGo(index)
  }
  async function goToDate() {
    // What is filled in is a time of the reader's own clock.
    const moment = new Date(date)
    if (Number.isNaN(moment.getTime())) return setProblem("Fill in a day and a time.")
    setBusy(true)
    try {
      const { messageIndex } = await client.message.findByDate.query({ sessionId, at: moment.toISOString() })
      // Who closed the dialog meanwhile goes nowhere.
      if (open.current) go(messageIndex ?? undefined)
    } catch (error) {
      setProblem(wordsOf(reasonOf(error) ?? "INTERNAL"))
      setBusy(false)
    }
  }
  return (
    <Dialog title="Go to…" onClose={onClose}>
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (number !== "" && count > 0) go(Math.min(Number(number), count - 1))
        }}
      >
        <div className="min-w-0 flex-1">
          <Field
            label="Message"
            type="number"
            min={0}
            max={Math.max(0, count - 1)}
            value={number}
            disabled={count === 0}
            placeholder={count === 0 ? "There are none yet" : `0 to ${formatNumber(count - 1)}`}
            onChange={({ currentTarget }) => setNumber(currentTarget.value)}
          />
        </div>
        <Button type="submit" disabled={number === "" || count === 0} className="shrink-0">
          Go there
        </Button>
      </form>
      <form
        className="mt-4 flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          void goToDate()
        }}
      >
        <div className="min-w-0 flex-1">
          <Field
            label="Date and time"
            type="datetime-local"
            step={1}
            value={date}
            problem={problem}
            onChange={({ currentTarget }) => {
              setProblem(undefined)
              setDate(currentTarget.value)
            }}
          />
        </div>
        <Button type="submit" busy={busy} disabled={date === ""} className={`shrink-0 ${problem ? "mb-5" : ""}`}>
          Find it
        </Button>
      </form>
    </Dialog>
  )
}
