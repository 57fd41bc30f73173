"use client"

import { Dialog } from "#shared/ui/dialog.tsx"
import { AgentExamples } from "./agent-examples.tsx"

/** Tells how an agent is connected to a session. */
export const ConnectDialog = ({ sessionId, onClose }: { sessionId: string; onClose: () => void }) => (
  <Dialog
    title="Connect an agent"
    note="What you write here reaches agents that listen to this session. One that only asks for messages now and then reads it too, but is not seen here."
    onClose={onClose}
  >
    <AgentExamples sessionId={sessionId} />
  </Dialog>
)
