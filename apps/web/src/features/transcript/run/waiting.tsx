"use client"

import { CircleHelpIcon, KeyRoundIcon, LoaderCircleIcon } from "lucide-react"
import { type ReactNode, useEffect, useState } from "react"
import { canAnswer, useAgentStatus } from "#shared/agent-status/use-agent-status.ts"

/** Milliseconds after which it is said why no answer begins. */
const lateAfter = 4000

function useLate(): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(setLate, lateAfter, true)
    return () => clearTimeout(timer)
  }, [])
  return late
}

const Line = ({ children }: { children: ReactNode }) => (
  <div
    role="status"
    className="flex min-h-12 items-center gap-2.5 py-2 pl-11 text-sm text-soft sm:pl-13 [&>svg]:size-4 [&>svg]:shrink-0"
  >
    {children}
  </div>
)

/** Says that the agent of this installation is about to answer, that it lacks a model, or after a while why it does not. */
export function Waiting() {
  const late = useLate()
  const status = useAgentStatus()
  if (status && !canAnswer(status)) {
    return (
      <Line>
        <KeyRoundIcon className="text-accent" aria-hidden="true" />
        Waiting for a model to ask
      </Line>
    )
  }
  if (!late || !status || status.isWorking) {
    return (
      <Line>
        <LoaderCircleIcon className="animate-spin text-accent" aria-hidden="true" />
        The agent will answer…
      </Line>
    )
  }
  return (
    <Line>
      <CircleHelpIcon className="text-accent" aria-hidden="true" />
      <p>
        No agent is at work on this installation: your message waits until one is.{" "}
        <code className="font-mono text-xs">npm start</code> runs one; or choose below that an agent elsewhere answers.
      </p>
    </Line>
  )
}
