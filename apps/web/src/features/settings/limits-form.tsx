"use client"

import type { CostLimits } from "@strudel-agent/contract/run/agent-settings"
import { type FormEvent, useState } from "react"
import { Button } from "#shared/ui/button.tsx"
import { Field } from "#shared/ui/field.tsx"
import { amountOf, typedAmount } from "./amount.ts"
import { useSaveSettings } from "./use-save-settings.ts"

const notAmount = "An amount is a number such as 0.50."

/** What one answer and one day may cost. */
export function LimitsForm({ limits }: { limits: CostLimits }) {
  const [run, setRun] = useState(typedAmount(limits.run))
  const [day, setDay] = useState(typedAmount(limits.day))
  const { save, isBusy, problem } = useSaveSettings()
  const amounts = { run: amountOf(run), day: amountOf(day) }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (amounts.run !== undefined && amounts.day !== undefined) save({ limits: { run: amounts.run, day: amounts.day } })
  }
  return (
    <form onSubmit={submit} aria-label="Limits" className="flex max-w-2xl flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="One answer"
          inputMode="decimal"
          value={run}
          problem={amounts.run === undefined ? notAmount : undefined}
          onChange={({ target }) => setRun(target.value)}
        />
        <Field
          label="One day"
          inputMode="decimal"
          value={day}
          problem={amounts.day === undefined ? notAmount : undefined}
          note="From 00:00 UTC on."
          onChange={({ target }) => setDay(target.value)}
        />
      </div>
      <p className="text-sm text-soft">
        A limit ends an answer after the step that reaches it. It needs a known price.
      </p>
      {problem && (
        <p role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
      <Button type="submit" busy={isBusy} className="self-start">
        Save the limits
      </Button>
    </form>
  )
}
