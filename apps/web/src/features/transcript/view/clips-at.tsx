"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { Button } from "#shared/ui/button.tsx"
import { Dialog } from "#shared/ui/dialog.tsx"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Loading, SkeletonBlock } from "#shared/ui/skeleton.tsx"
import { showToast, toastError } from "#shared/ui/toast.tsx"
import { itemPath } from "#shared/url-state/item-link.ts"
import { countOf } from "#shared/words/count.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { LooseCodes } from "../message/loose-codes.tsx"
import type { CodeToSave } from "../message/transcript-tools.ts"

type ClipAt = Outputs["session"]["codeAt"]["clips"][number]

const keyOf = ({ projectId, clipId }: ClipAt) => `${projectId}/${clipId}`
const isOther = ({ version, currentVersion }: ClipAt) => currentVersion !== null && currentVersion !== version

/** The clips as a session had left them at one of its messages, each to be restored, and code that is no clip's. */
export function ClipsAt({
  sessionId,
  messageIndex,
  onSave,
}: {
  sessionId: string
  messageIndex: number
  /** Makes a clip of code; where it is not given, such code is not shown. */
  onSave?: (code: CodeToSave) => void
}) {
  const { client, clip } = api.useUtils()
  const query = api.session.codeAt.useQuery({ id: sessionId, messageIndex }, { staleTime: 0 })
  const [busy, setBusy] = useState<string>()
  const clips = query.data?.clips ?? []
  const codes = onSave ? (query.data?.codes ?? []) : []
  const others = clips.filter(isOther)

  /** Writes the former version as the next one, unless the clip is no longer the one on show. */
  async function restoreOne({ projectId, clipId, version, currentVersion }: ClipAt) {
    if (currentVersion === null) return
    const { name, code, metadata } = await client.clip.version.query({ projectId, id: clipId, version })
    await client.clip.update.mutate({
      ...{ projectId, id: clipId, name, code, metadata },
      expectedVersion: currentVersion,
    })
  }
  async function restore(wanted: ClipAt[], what: string) {
    setBusy(what)
    const failures: string[] = []
    for (const each of wanted) {
      try {
        await restoreOne(each)
      } catch (error) {
        failures.push(`${each.name}: ${wordsOf(reasonOf(error) ?? "INTERNAL")}`)
      }
    }
    await Promise.all([query.refetch(), clip.invalidate()])
    setBusy(undefined)
    const done = wanted.length - failures.length
    if (done > 0) showToast(`Restored ${wanted.length === 1 ? `“${wanted[0]?.name}”` : countOf(done, "clip")}.`)
    if (failures.length > 0) toastError(`Not restored. ${failures.slice(0, 3).join(" ")}`)
  }

  if (query.isPending) {
    return (
      <>
        <Loading what="clips" />
        <SkeletonBlock className="h-8 w-full" />
      </>
    )
  }
  if (query.isError) return <FailedQuery query={query} />
  if (clips.length + codes.length === 0) return <p className="text-sm text-soft">Up to there it had left no code.</p>
  return (
    <div className="flex flex-col gap-2 text-sm">
      <ul className="flex flex-col">
        {clips.map((each) => (
          <li key={keyOf(each)} className="flex items-center gap-2 border-b border-line py-2 last:border-0">
            <span className="min-w-0 flex-1">
              <Link
                href={`${itemPath({ itemType: "clip", projectId: each.projectId, itemId: each.clipId })}?version=${each.version}`}
                className="block truncate underline decoration-line underline-offset-4 hover:decoration-accent"
              >
                {each.name}
              </Link>
              <span className="text-xs text-soft">
                v{each.version} of {each.projectId} ·{" "}
                {each.currentVersion === null
                  ? "deleted"
                  : isOther(each)
                    ? `today v${each.currentVersion}`
                    : "as today"}
              </span>
            </span>
            {isOther(each) && (
              <Button
                busy={busy === keyOf(each)}
                disabled={busy !== undefined}
                aria-label={`Restore version ${each.version} of ${each.name}`}
                onClick={() => void restore([each], keyOf(each))}
                className="min-h-8 px-2.5"
              >
                Restore
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others.length > 1 && (
        <Button busy={busy === "all"} disabled={busy !== undefined} onClick={() => void restore(others, "all")}>
          Restore all {others.length}
        </Button>
      )}
      {onSave && codes.length > 0 && <LooseCodes codes={codes} moment={{ sessionId, messageIndex }} onSave={onSave} />}
    </div>
  )
}

/** The same in a dialog. */
export const ClipsAtDialog = ({
  sessionId,
  messageIndex,
  onSave,
  onClose,
}: {
  sessionId: string
  messageIndex: number
  onSave: (code: CodeToSave) => void
  onClose: () => void
}) => (
  <Dialog
    title={`Clips at message ${messageIndex}`}
    note="As the session had left them. Restoring makes a former version the next one; nothing is lost."
    onClose={onClose}
  >
    <ClipsAt sessionId={sessionId} messageIndex={messageIndex} onSave={onSave} />
  </Dialog>
)
