"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import type { Run } from "@strudel-agent/contract/run"
import { hasEnded } from "@strudel-agent/contract/run/fold"
import { CircleSlashIcon, RotateCwIcon, StepForwardIcon, TriangleAlertIcon } from "lucide-react"
import { api } from "#shared/api/trpc.ts"
import { useOwnId } from "#shared/browser/own-id.ts"
import { Disclosure } from "#shared/ui/disclosure.tsx"
import type { LinkBase } from "#shared/url-state/item-link.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { formatCost, formatTokens } from "#shared/words/tokens.ts"
import { RunSteps } from "./run-steps.tsx"
import { endingOf } from "./run-words.ts"
import { useRuns, useRunsState } from "./runs-context.ts"

const action =
  "flex min-h-8 items-center gap-1.5 rounded-md px-2 text-xs text-soft hover:bg-raised hover:text-ink aria-disabled:text-faint [&_svg]:size-3.5"

/** What a run took, in tokens and dollars. */
function Costs({ run: { inputTokens, cachedTokens, outputTokens, cost, model } }: { run: Run }) {
  if (inputTokens + outputTokens === 0) return model && <span className="truncate">{model}</span>
  const cached = cachedTokens > 0 ? `, ${formatTokens(cachedTokens)} of them from the provider's cache` : ""
  return (
    <span
      className="flex min-w-0 flex-wrap gap-x-2.5 font-mono tabular-nums"
      title={`${formatTokens(inputTokens)} tokens read${cached}`}
    >
      <span>
        {formatTokens(inputTokens)}
        <span className="sr-only"> tokens</span> in
      </span>
      <span>
        {formatTokens(outputTokens)}
        <span className="sr-only"> tokens</span> out
      </span>
      {cost !== null && <span>{formatCost(cost)}</span>}
      {model && <span className="min-w-0 truncate font-sans">{model}</span>}
    </span>
  )
}

/** The steps of a run that has ended, read when they are asked for. */
function Steps({ run: { sessionId, number }, base }: { run: Run; base: LinkBase | undefined }) {
  const { data, error } = api.run.byNumber.useQuery(
    { sessionId, number },
    {
      // What was read while the run was at work is not all of it.
      staleTime: ({ state: { data } }) => (data && hasEnded(data.state) ? Number.POSITIVE_INFINITY : 0),
    },
  )
  if (error) return <p role="alert">{wordsOf(reasonOf(error) ?? "INTERNAL")}</p>
  if (!data) return <p role="status">Reading…</p>
  return (
    <div className="mt-1 flex flex-col gap-2 border-l-2 border-line pl-3 text-sm text-soft">
      <RunSteps steps={data.steps} running={false} base={base} />
    </div>
  )
}

/** Offers to have the last answer once more, and to go on with one that ended early. */
function Again({ isEarly }: { isEarly: boolean }) {
  const runs = useRuns()
  const busy = useRunsState(({ asking }) => asking)
  const { data: session } = api.session.byId.useQuery({ id: runs?.sessionId ?? "" }, { enabled: false })
  if (!runs || session?.status === "terminated") return null
  return (
    <span aria-busy={busy} className="-mx-2 flex flex-wrap items-center">
      {isEarly && (
        <button type="button" aria-disabled={busy} onClick={() => runs.again(true)} className={action}>
          <StepForwardIcon aria-hidden="true" />
          Continue
        </button>
      )}
      <button type="button" aria-disabled={busy} onClick={() => runs.again(false)} className={action}>
        <RotateCwIcon aria-hidden="true" className={busy ? "animate-spin" : ""} />
        Try again
      </button>
    </span>
  )
}

/** Why an answer ended early. */
export function EarlyEnd({ run }: { run: Parameters<typeof endingOf>[0] }) {
  const failed = run.state === "failed"
  const words = endingOf(run, useOwnId())
  const Sign = failed ? TriangleAlertIcon : CircleSlashIcon
  if (!words) return null
  return (
    <p data-ended={run.state} className={`flex items-start gap-1.5 text-sm ${failed ? "text-danger" : "text-soft"}`}>
      <Sign className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
      <span className="min-w-0 [overflow-wrap:anywhere]">{words}</span>
    </p>
  )
}

/** What stands below an answer: why it ended early, what it took, and what can be done about it. */
export function RunFoot({ run, base, withSteps }: { run: Run; base: LinkBase | undefined; withSteps: boolean }) {
  const isLast = useRunsState(({ last }) => last?.run.number === run.number)
  const isEarly = endingOf(run) !== undefined && run.messageIndex !== null
  if (!hasEnded(run.state)) return null
  return (
    <div className="flex flex-col gap-1.5 text-xs text-soft">
      <EarlyEnd run={run} />
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 [&>div>button]:self-center">
        {isLast && <Again isEarly={isEarly} />}
        <Costs run={run} />
        {withSteps && (
          <Disclosure label="What it did">
            <Steps run={run} base={base} />
          </Disclosure>
        )}
      </div>
    </div>
  )
}
