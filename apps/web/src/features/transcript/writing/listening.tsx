"use client"

import { useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { countOf } from "#shared/words/count.ts"

const ConnectDialog = onDemand(() =>
  import("#shared/first-steps/connect-dialog.tsx").then((part) => part.ConnectDialog),
)

/** Milliseconds between two looks at who listens. */
const period = 5000

/** Says whether anybody but pages listens to a session, and how an agent is made to. */
export function Listening({ sessionId }: { sessionId: string }) {
  const [connecting, setConnecting] = useState(false)
  const { data } = api.live.listeners.useQuery({ sessionId }, { refetchInterval: period, staleTime: period })
  return (
    <>
      <span role="status" className="block truncate">
        {data && (data.listeners > 0 ? `${countOf(data.listeners, "agent")} listening` : "Nobody is listening: ")}
        {data?.listeners === 0 && (
          <button
            type="button"
            onClick={() => setConnecting(true)}
            className="text-accent underline underline-offset-4 hover:text-ink"
          >
            connect an agent
          </button>
        )}
      </span>
      {connecting && <ConnectDialog sessionId={sessionId} onClose={() => setConnecting(false)} />}
    </>
  )
}
