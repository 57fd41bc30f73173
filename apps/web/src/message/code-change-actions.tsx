"use client"

import type { CodeChange } from "@strudel-agent/api/schema/message"
import { HistoryIcon, RedoIcon, UndoIcon } from "lucide-react"
import { useRouter } from "next/navigation"
import { type ReactNode, useState } from "react"
import { onDemand } from "../api/on-demand.tsx"
import { persistently } from "../api/persistently.ts"
import { api } from "../api/trpc.ts"
import { useTranscriptTools } from "./transcript-tools.ts"
import type { Conflict, WriteCode } from "./write-code.ts"

const ConflictDialog = onDemand(() => import("./conflict-dialog.tsx").then((part) => part.ConflictDialog))

const Action = ({
  label,
  busy,
  onClick,
  children,
}: {
  label: string
  busy: boolean
  onClick: () => void
  children: ReactNode
}) => (
  <button
    type="button"
    aria-label={label}
    disabled={busy}
    onClick={onClick}
    className="flex min-h-8 items-center gap-1.5 rounded-md px-2 text-xs text-soft hover:bg-raised hover:text-ink disabled:text-faint [&_svg]:size-3.5"
  >
    {children}
  </button>
)

/** What can be done with the clip that a message changed. */
export function CodeChangeActions({
  clip,
  change: { before, after },
  messageIndex,
}: {
  clip: WriteCode["clip"]
  change: CodeChange
  messageIndex: number
}) {
  const { client, clip: cached } = api.useUtils()
  const router = useRouter()
  const sessionId = useTranscriptTools()?.sessionId
  const [busy, setBusy] = useState(false)
  const [conflict, setConflict] = useState<Conflict>()
  if (!sessionId) return null

  async function run(work: () => Promise<unknown>) {
    setBusy(true)
    await work().finally(() => setBusy(false))
  }
  const write = (code: string, expected: string | null | undefined, overwrite?: number) =>
    run(async () => {
      const { writeCode } = await persistently(() => import("./write-code.ts"))
      const origin = { sessionId, messageIndex }
      const wish: WriteCode = { clip, code, expected: expected ?? undefined, origin, overwrite }
      setConflict(await writeCode(client, wish))
      await cached.invalidate()
    })
  const open = () =>
    run(async () => {
      const { findVersion } = await persistently(() => import("./find-version.ts"))
      const path = await findVersion(client, { clip, code: after ?? before ?? "", origin: { sessionId, messageIndex } })
      if (path) router.push(path)
    })

  return (
    <div className="flex flex-wrap items-center gap-1 border-t border-line px-1.5 py-1">
      <Action label={`Open this version: ${clip.id}`} busy={busy} onClick={() => void open()}>
        <HistoryIcon aria-hidden="true" />
        Open this version
      </Action>
      {typeof before === "string" && (
        <Action label={`Restore before: ${clip.id}`} busy={busy} onClick={() => void write(before, after)}>
          <UndoIcon aria-hidden="true" />
          Restore before
        </Action>
      )}
      {typeof after === "string" && (
        <Action label={`Apply after: ${clip.id}`} busy={busy} onClick={() => void write(after, before)}>
          <RedoIcon aria-hidden="true" />
          Apply after
        </Action>
      )}
      {conflict && (
        <ConflictDialog
          conflict={conflict}
          onClose={() => setConflict(undefined)}
          onOverwrite={() => void write(conflict.code, undefined, conflict.version)}
        />
      )}
    </div>
  )
}
