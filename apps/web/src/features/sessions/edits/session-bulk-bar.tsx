"use client"

import type { SessionStatus } from "@strudel-agent/contract/session"
import { CirclePlayIcon, PencilIcon, SquareIcon, TagIcon, Trash2Icon } from "lucide-react"
import { BulkAct, BulkBar } from "#shared/collection/bulk-bar.tsx"
import type { ListedSession } from "./session-edits.ts"

export interface BulkActs {
  tag: () => void
  rename: () => void
  setStatus: (status: SessionStatus) => void
  delete: () => void
  clear: () => void
}

/** What can be done with the chosen sessions. */
export function SessionBulkBar({ chosen, acts }: { chosen: ListedSession[]; acts: BulkActs }) {
  const running = chosen.some(({ status }) => status !== "terminated")
  const resting = chosen.some(({ status }) => status !== "active")
  return (
    <BulkBar what="session" count={chosen.length} onClear={acts.clear}>
      <BulkAct icon={TagIcon} name="Tag" keys="T" onAct={acts.tag} />
      <BulkAct icon={PencilIcon} name="Rename" keys="R" onAct={acts.rename} />
      {running && <BulkAct icon={SquareIcon} name="Terminate" keys="E" onAct={() => acts.setStatus("terminated")} />}
      {resting && <BulkAct icon={CirclePlayIcon} name="Activate" keys="A" onAct={() => acts.setStatus("active")} />}
      <BulkAct icon={Trash2Icon} name="Delete" keys="#" danger onAct={acts.delete} />
    </BulkBar>
  )
}
