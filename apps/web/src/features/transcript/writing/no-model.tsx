"use client"

import { KeyRoundIcon } from "lucide-react"
import { useState } from "react"
import { canAnswer, useAgentStatus } from "#shared/agent-status/use-agent-status.ts"
import { onDemand } from "#shared/api/on-demand.tsx"
import { Link } from "#shared/ui/link.tsx"

const ConnectDialog = onDemand(() =>
  import("#shared/first-steps/connect-dialog.tsx").then((part) => part.ConnectDialog),
)

const link = "text-accent underline underline-offset-4 hover:text-ink"

/** Says that this installation's agent has no model to ask, and what there is to do. */
export function NoModel({ sessionId }: { sessionId: string }) {
  const status = useAgentStatus()
  const [connecting, setConnecting] = useState(false)
  if (!status || canAnswer(status)) return null
  return (
    <p role="status" className="flex items-start gap-2 text-sm text-soft">
      <KeyRoundIcon className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden="true" />
      <span className="min-w-0">
        {status.provider !== null && status.problem ? status.problem : "This installation's agent has no model to ask."}{" "}
        <Link href="/settings" className={link}>
          Set one up
        </Link>
        , or{" "}
        <button type="button" onClick={() => setConnecting(true)} className={link}>
          connect an agent by MCP
        </button>
        .
      </span>
      {connecting && <ConnectDialog sessionId={sessionId} onClose={() => setConnecting(false)} />}
    </p>
  )
}
