"use client"

import type { RunChange } from "@strudel-agent/contract/run"
import { hasEnded } from "@strudel-agent/contract/run/fold"
import { BotIcon } from "lucide-react"
import { useCallback } from "react"
import { PlayCode } from "#shared/playback/play-code.tsx"
import { PlayedVisuals } from "#shared/playback/visuals/played-visuals.tsx"
import { CopyButton } from "#shared/ui/copy-button.tsx"
import type { LinkBase } from "#shared/url-state/item-link.ts"
import { roleNames } from "#shared/words/role-names.ts"
import { ChangeCard } from "./change-card.tsx"
import type { HeardRun } from "./heard-run.ts"
import { RunFoot } from "./run-foot.tsx"
import { RunSteps } from "./run-steps.tsx"
import { workOf } from "./run-words.ts"

/** What the agent answers, while it does. */
export function RunRow({
  heard: { run, steps },
  changes,
  base,
}: {
  heard: HeardRun
  /** The changes that it made or proposed, in order. */
  changes: RunChange[]
  base: LinkBase | undefined
}) {
  const { sessionId, number, state } = run
  const isOpen = !hasEnded(state)
  const projectId = base?.projectId ?? ""
  const codeTools = useCallback(
    (code: string, place: number, step: number) => {
      const written = {
        code,
        name: `code ${place + 1} of the answer`,
        id: `run:${sessionId}:${number}:${step}:${place}`,
        projectId,
      }
      return (
        <>
          <div className="flex min-h-10 items-center gap-2 px-1.5 py-1">
            <PlayCode written={written} />
            <CopyButton text={code} what="the code" />
          </div>
          <PlayedVisuals id={written.id} />
        </>
      )
    },
    [sessionId, number, projectId],
  )
  const called = new Set(steps.flatMap((step) => (step.type === "call" ? [step.callId] : [])))
  const work = workOf(steps)
  return (
    <article
      data-row
      data-run={state}
      aria-label="The agent's answer"
      aria-busy={isOpen}
      className="relative rounded-card py-4 pr-1 pl-11 sm:pl-13"
    >
      <span
        aria-hidden="true"
        className={`absolute top-3.5 left-0 grid size-8 place-items-center rounded-full border ${isOpen ? "animate-breathe border-accent bg-wash text-accent shadow-[0_0_0_0.25rem_var(--wash)]" : "border-line bg-raised text-ink"}`}
      >
        <BotIcon className="size-4" />
      </span>
      <div className="mb-1.5 flex min-h-7 items-center gap-2.5 text-xs text-soft">
        <span className="text-sm font-semibold text-ink">{roleNames.assistant}</span>
        {isOpen && (
          <span aria-hidden="true" className="min-w-0 truncate text-accent">
            {work}…
          </span>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <RunSteps
          steps={steps}
          running={isOpen}
          base={base}
          codeTools={codeTools}
          afterCall={(callId) =>
            changes.map((change) => change.callId === callId && <ChangeCard key={callId} change={change} />)
          }
        />
        {changes.map((change) => !called.has(change.callId) && <ChangeCard key={change.callId} change={change} />)}
        <RunFoot run={run} base={base} withSteps={false} />
      </div>
    </article>
  )
}
