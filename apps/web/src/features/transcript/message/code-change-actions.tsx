"use client"

import type { CodeChange } from "@strudel-agent/contract/message"
import { codeOfChange } from "@strudel-agent/contract/message/code"
import { RedoIcon, UndoIcon } from "lucide-react"
import { useState } from "react"
import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { CodeAction, CodeActions } from "./code-actions.tsx"
import { useTranscriptTools } from "./transcript-tools.ts"
import type { CodeHome } from "./use-homes.ts"
import type { Conflict, WriteCode } from "./write-code.ts"

const ConflictDialog = onDemand(() => import("./conflict-dialog.tsx").then((part) => part.ConflictDialog))

type Clip = WriteCode["clip"]

/** Writes one side of a change into its clip, which is there. */
function WriteActions({
  clip,
  change: { before, after },
  origin,
}: {
  clip: Clip
  change: CodeChange
  origin: WriteCode["origin"]
}) {
  const { client, clip: cached } = api.useUtils()
  const [busy, setBusy] = useState(false)
  const [conflict, setConflict] = useState<Conflict>()

  async function write(code: string, expected: string | null | undefined, overwrite?: number) {
    setBusy(true)
    try {
      const { writeCode } = await loadWithRetry(() => import("./write-code.ts"))
      setConflict(await writeCode(client, { clip, code, expected: expected ?? undefined, origin, overwrite }))
      await cached.invalidate()
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      {typeof before === "string" && (
        <CodeAction label={`Restore before: ${clip.id}`} busy={busy} onClick={() => void write(before, after)}>
          <UndoIcon aria-hidden="true" />
          Restore before
        </CodeAction>
      )}
      {typeof after === "string" && (
        <CodeAction label={`Apply after: ${clip.id}`} busy={busy} onClick={() => void write(after, before)}>
          <RedoIcon aria-hidden="true" />
          Apply after
        </CodeAction>
      )}
      {conflict && (
        <ConflictDialog
          conflict={conflict}
          onClose={() => setConflict(undefined)}
          onOverwrite={() => void write(conflict.code, undefined, conflict.version)}
        />
      )}
    </>
  )
}

/** What can be done with the code that a message changed, and with its clip where that is there. */
export function CodeChangeActions({
  clip,
  isThere,
  change,
  messageIndex,
  home,
  known,
}: {
  clip: Clip | undefined
  isThere: boolean
  change: CodeChange
  messageIndex: number
  home: CodeHome | undefined
  known: boolean
}) {
  const sessionId = useTranscriptTools()?.sessionId
  if (!sessionId) return null
  return (
    <div className="border-t border-line">
      <CodeActions code={{ code: codeOfChange(change), messageIndex, clip }} home={home} known={known}>
        {clip && isThere && <WriteActions clip={clip} change={change} origin={{ sessionId, messageIndex }} />}
      </CodeActions>
    </div>
  )
}
