"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { useRouter } from "next/navigation"
import { type FormEvent, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { ProjectField } from "#shared/items/clip-project-field.tsx"
import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"
import { showToast } from "#shared/ui/toast.tsx"
import { itemPath } from "#shared/url-state/item-link.ts"
import { wordsOf } from "#shared/words/reasons.ts"

type Clip = Outputs["clip"]["byId"]

export type ClipKey = Pick<Clip, "projectId" | "id">

/** Moves a clip, with its versions, to another project. */
export function MoveClipDialog({
  clip: { projectId, id, name },
  stays,
  onMoved,
  onClose,
}: {
  clip: Clip
  /** Whether what is unsaved cannot be carried along: then the clip is not moved before it is saved. */
  stays: boolean
  /** Is told where the clip is before that is opened. */
  onMoved: (to: ClipKey) => void
  onClose: () => void
}) {
  const router = useRouter()
  const utils = api.useUtils()
  const [toProjectId, setToProjectId] = useState("")
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!toProjectId) return
    if (stays) return setProblem("Save your changes first: this browser has no room to carry them along.")
    setBusy(true)
    setProblem(undefined)
    try {
      const { moved, failed } = await utils.client.clip.moveMany.mutate({ keys: [{ projectId, id }], toProjectId })
      const [place] = moved
      if (place) {
        await utils.clip.invalidate(undefined, { refetchType: "none" })
        onMoved(place.to)
        onClose()
        router.replace(itemPath({ itemType: "clip", projectId: place.to.projectId, itemId: place.to.id }))
        showToast(`Moved ${name} to ${toProjectId}.`)
        return
      }
      const [reason] = failed
      setProblem(reason ? [wordsOf(reason.reason), ...(reason.names ?? [])].join(" ") : wordsOf("INTERNAL"))
    } catch (error) {
      setProblem(wordsOf(reasonOf(error) ?? "INTERNAL"))
    }
    setBusy(false)
  }

  return (
    <Dialog title={`Move ${name}`} note="Its history and the sessions about it go along." onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <ProjectField
          label="To the project"
          value={toProjectId}
          without={projectId}
          problem={problem}
          onChange={setToProjectId}
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" busy={busy} disabled={busy || !toProjectId}>
            Move
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
