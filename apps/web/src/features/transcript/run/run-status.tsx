"use client"

import { hasEnded } from "@strudel-agent/contract/run/fold"
import { useState } from "react"
import { endingOf } from "./run-words.ts"
import { useRunsState } from "./runs-context.ts"

/** Tells who does not see it that the agent begins to answer, and that it has ended. */
export function RunStatus() {
  const run = useRunsState(({ last }) => last?.run)
  const [before] = useState(run)
  const isNews = run && (run.number !== before?.number || hasEnded(run.state) !== hasEnded(before.state))
  return (
    <div className="relative">
      <p role="status" data-run-status className="sr-only">
        {isNews &&
          (hasEnded(run.state)
            ? (endingOf(run) ?? "The agent has answered.")
            : run.state === "running" && "The agent is at work.")}
      </p>
    </div>
  )
}
