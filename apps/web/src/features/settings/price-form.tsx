"use client"

import type { ModelProvider, PricedModel } from "@strudel-agent/contract/run/agent-settings"
import { type FormEvent, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { Button } from "#shared/ui/button.tsx"
import { Field } from "#shared/ui/field.tsx"
import { amountOf, dollars, typedAmount } from "./amount.ts"
import { useSaveSettings } from "./use-save-settings.ts"

interface Props {
  provider: ModelProvider
  model: string
  prices: PricedModel[]
}

/** What a million tokens of the chosen model cost, where its provider does not tell. */
export function PriceForm({ provider, model, prices }: Props) {
  const set = prices.find((each) => each.provider === provider && each.model === model)?.price
  const [input, setInput] = useState(typedAmount(set?.input))
  const [cached, setCached] = useState(typedAmount(set?.cachedInput))
  const [output, setOutput] = useState(typedAmount(set?.output))
  const { save, isBusy, problem } = useSaveSettings()
  const models = api.agent.models.useQuery({ provider }, { staleTime: 60_000, retry: false })
  const listed = models.data?.ok ? models.data.models.find(({ id }) => id === model)?.price : undefined
  const amounts = { input: amountOf(input), cachedInput: amountOf(cached), output: amountOf(output) }
  const isEmpty = amounts.input === null && amounts.output === null && amounts.cachedInput === null
  const price =
    typeof amounts.input === "number" && typeof amounts.output === "number" && amounts.cachedInput !== undefined
      ? { input: amounts.input, output: amounts.output, cachedInput: amounts.cachedInput }
      : undefined
  function submit(event: FormEvent) {
    event.preventDefault()
    if (price || isEmpty) save({ price: { provider, model, price: price ?? null } })
  }
  return (
    <form onSubmit={submit} aria-label="Price" className="flex max-w-2xl flex-col gap-4">
      <p className="text-sm text-soft">
        {listed
          ? `The provider says ${dollars(listed.input)} for a million tokens of input and ${dollars(listed.output)} for output. What is set here counts instead.`
          : "The provider does not tell it. Without a price, costs are not known and limits hold nothing back."}
      </p>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field
          label="Input, a million tokens"
          inputMode="decimal"
          value={input}
          onChange={({ target }) => setInput(target.value)}
        />
        <Field
          label="Cached input"
          inputMode="decimal"
          value={cached}
          onChange={({ target }) => setCached(target.value)}
        />
        <Field label="Output" inputMode="decimal" value={output} onChange={({ target }) => setOutput(target.value)} />
      </div>
      {(problem || !(price || isEmpty)) && (
        <p role="alert" className="text-sm text-danger">
          {problem ?? "A price has an input and an output, each a number such as 2.50."}
        </p>
      )}
      <Button type="submit" busy={isBusy} className="self-start">
        Save the price
      </Button>
    </form>
  )
}
