"use client"

import { type FormEvent, useState } from "react"
import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"
import { Field } from "#shared/ui/field.tsx"
import { countOf } from "#shared/words/count.ts"

export interface DoomedProject {
  id: string
  name: string
  clipCount: number
  songCount: number
  playlistCount: number
}

/** Says what goes with a project, and has its id typed before it does. */
export function DeleteProjectDialog({
  project: { id, name, clipCount, songCount, playlistCount },
  onDelete,
  onClose,
}: {
  project: DoomedProject
  onDelete: () => void
  onClose: () => void
}) {
  const [typed, setTyped] = useState("")
  const isSure = typed.trim() === id
  function submit(event: FormEvent) {
    event.preventDefault()
    if (isSure) onDelete()
  }
  return (
    <Dialog title={`Delete ${name}?`} note="Its library goes with it. Sessions about it stay." onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <ul aria-label="What goes" className="flex flex-col gap-1 rounded-card border border-line bg-canvas px-4 py-3">
          <li>{countOf(clipCount, "clip")} with all their versions</li>
          <li>{countOf(songCount, "song")}</li>
          <li>{countOf(playlistCount, "playlist")}</li>
        </ul>
        <Field
          label={`Type “${id}” to go on`}
          value={typed}
          autoFocus
          spellCheck={false}
          autoCapitalize="off"
          onChange={({ target }) => setTyped(target.value)}
          className="font-mono"
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" disabled={!isSure} className={isSure ? "border-danger text-danger" : ""}>
            Delete the project
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
