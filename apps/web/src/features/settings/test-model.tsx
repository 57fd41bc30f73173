"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import type { AgentSettings } from "@strudel-agent/contract/run/agent-settings"
import { api } from "#shared/api/trpc.ts"
import { Button } from "#shared/ui/button.tsx"
import { wordsOf } from "#shared/words/reasons.ts"

/** Asks the chosen model for a word, and says what came, or why nothing can be asked. */
export function TestModel({ settings: { problem, model } }: { settings: AgentSettings }) {
  const test = api.agent.test.useMutation()
  const { data } = test
  const failed = data?.ok === false ? data.failure.words : undefined
  const failure = test.error ? wordsOf(reasonOf(test.error) ?? "INTERNAL") : failed
  return (
    <div className="flex max-w-2xl flex-wrap items-center gap-3 text-sm">
      <Button busy={test.isPending} disabled={problem !== null} onClick={() => test.mutate()}>
        Test
      </Button>
      <p role="status" className={`min-w-0 flex-1 [overflow-wrap:anywhere] ${failure ? "text-danger" : "text-soft"}`}>
        {failure ??
          problem ??
          (data?.ok
            ? `${data.model} answered “${data.answer}” after ${data.milliseconds.toLocaleString("en-US")} ms.`
            : `Asks ${model} for one word, which may cost a little.`)}
      </p>
    </div>
  )
}
