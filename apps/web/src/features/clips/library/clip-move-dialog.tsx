"use client"

import { fieldsOf, reasonOf } from "@strudel-agent/client/reason"
import { type FormEvent, useState } from "react"
import type { ClipCard } from "#shared/clip/clip-list.ts"
import { ProjectField } from "#shared/items/clip-project-field.tsx"
import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"
import { countOf } from "#shared/words/count.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { type ClipChanges, clipsInWords, staysInWords } from "./clip-changes.ts"

/** Moves clips to another project, or duplicates one there; asks again where the project has their ids. */
export function MoveClipsDialog({
  clips,
  copy = false,
  changes,
  onDone,
  onClose,
}: {
  clips: ClipCard[]
  /** Whether they stay, and copies of them are made. */
  copy?: boolean
  changes: ClipChanges
  /** All that can be moved is. */
  onDone: () => void
  onClose: () => void
}) {
  const used = copy ? [] : clips.filter(({ songs }) => songs.length > 0)
  const free = clips.filter((clip) => !used.includes(clip))
  const [projectId, setProjectId] = useState("")
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const [todo, setTodo] = useState(free)
  /** Whether what is to be done is to move under other ids. */
  const [taken, setTaken] = useState(false)
  const own = new Set(clips.map((clip) => clip.projectId))
  const [only] = own.size === 1 ? own : []

  async function run() {
    setBusy(true)
    setError(undefined)
    try {
      if (copy) {
        for (const clip of clips) await changes.duplicate(clip, projectId)
        return onClose()
      }
      const { conflicts, rest, error } = await changes.move(todo, projectId, taken ? "rename" : "stay")
      if (rest.length > 0) {
        setTodo([...rest, ...conflicts])
        return setError(error)
      }
      if (conflicts.length === 0) {
        onDone()
        return onClose()
      }
      setTodo(conflicts)
      setTaken(true)
    } finally {
      setBusy(false)
    }
  }

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && projectId !== "") void run()
  }
  const verb = copy ? "Duplicate" : "Move"
  const failure = fieldsOf(error).toProjectId
  return (
    <Dialog
      title={`${verb} ${clipsInWords(clips)}`}
      note={copy ? "The copy has the same name and code." : "Their versions and the sessions about them come along."}
      onClose={onClose}
    >
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        {taken ? (
          <div role="alert" className="text-sm">
            <p>
              <b className="font-medium">{projectId}</b> has{" "}
              {todo.length === 1 ? "a clip of this id" : "clips of these ids"} already:
            </p>
            <ul className="my-2 list-disc pl-5 font-mono text-[0.8125rem]">
              {todo.slice(0, 12).map((clip) => (
                <li key={`${clip.projectId}/${clip.id}`}>{clip.id}</li>
              ))}
              {todo.length > 12 && <li>and {todo.length - 12} more</li>}
            </ul>
            <p className="text-soft">
              {todo.length === 1 ? "It can move" : "They can move"} under the next free id, such as{" "}
              <code className="font-mono text-[0.8125rem]">{todo[0]?.id}-2</code>.
            </p>
          </div>
        ) : (
          <ProjectField
            label="To the project"
            value={projectId}
            without={copy ? undefined : only}
            problem={failure}
            onChange={setProjectId}
          />
        )}
        {used.length > 0 && !taken && (
          <p className="text-sm text-soft">
            {staysInWords(used.map(({ name, songs }) => ({ name, songs: songs.map((song) => song.name) })))}
          </p>
        )}
        {error !== undefined && !failure && (
          <p role="alert" className="text-sm text-danger">
            Not moved{todo.length < free.length && `: ${clipsInWords(todo)}`}. {wordsOf(reasonOf(error) ?? "INTERNAL")}
          </p>
        )}
        <DialogActions>
          <Button onClick={onClose}>{taken ? "Cancel" : "Cancel"}</Button>
          <Button
            type="submit"
            busy={busy}
            disabled={projectId === "" || todo.length === 0}
            className="border-accent! bg-accent! text-on-accent! disabled:opacity-50"
          >
            {taken ? `Move ${countOf(todo.length, "clip")} under another id` : verb}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
