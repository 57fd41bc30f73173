"use client"

import { fieldsOf, reasonOf } from "@strudel-agent/client/reason"
import type { TextKind } from "@strudel-agent/contract/item"
import { limits } from "@strudel-agent/contract/limits"
import { type FormEvent, useState } from "react"
import type { Choice } from "#shared/collection/filter-fields.tsx"
import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"
import { Field, Select } from "#shared/ui/field.tsx"
import { wordsOf } from "#shared/words/reasons.ts"
import { useOpenCreated } from "./open-created.ts"
import { slugOf } from "./slug.ts"

export interface CreatedItem {
  projectId: string
  id: string
  name: string
}

/** A dialog that makes a song or another text of a project, or a project: its name, and the id that the name suggests. */
export function CreateDialog({
  what,
  note,
  projects,
  projectId = "",
  onCreate,
  onClose,
}: {
  what: TextKind | "project"
  note: string
  /** The projects to choose from, for what belongs to one. */
  projects?: Choice[]
  projectId?: string
  /** Makes it and resolves to the address of its page; rejects where it is not made. */
  onCreate: (item: CreatedItem) => Promise<`/projects/${string}`>
  onClose: () => void
}) {
  const [name, setName] = useState("")
  const [ownId, setOwnId] = useState<string>()
  const [project, setProject] = useState(projectId || projects?.[0]?.value || "")
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const id = ownId ?? slugOf(name)
  const reason = reasonOf(error)
  const exists = reason?.endsWith("_EXISTS") ?? false
  const fields = fieldsOf(error)
  const belongs = what !== "project"
  const openCreated = useOpenCreated(onClose)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      openCreated(name.trim(), await onCreate({ projectId: project.trim(), id, name: name.trim() }))
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }

  const known = Object.keys(fields).some((field) => ["name", "id", "projectId"].includes(field))
  return (
    <Dialog title={`A new ${what}`} note={note} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field
          label="Name"
          value={name}
          autoFocus
          required
          maxLength={limits.name}
          onChange={({ target }) => setName(target.value)}
          problem={fields.name}
        />
        {belongs &&
          (projects && projects.length > 0 ? (
            <Select
              label="Project"
              value={project}
              onChange={({ target }) => setProject(target.value)}
              problem={fields.projectId}
            >
              {projects.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          ) : (
            <Field
              label="Project"
              note="There is none yet: it is made along with it."
              value={project}
              required
              onChange={({ target }) => setProject(target.value)}
              problem={fields.projectId}
            />
          ))}
        <Field
          label="Id"
          note="Names it in links and files; it stays as it is. Letters, digits, dots, hyphens and underscores."
          value={id}
          required
          maxLength={100}
          spellCheck={false}
          onChange={({ target }) => setOwnId(target.value)}
          className="font-mono"
          problem={exists && reason ? wordsOf(reason) : fields.id}
        />
        {reason && !exists && !known && (
          <p role="alert" className="text-sm text-danger">
            {wordsOf(reason)}
          </p>
        )}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" busy={busy} disabled={busy || !name.trim() || !id || (belongs && !project.trim())}>
            Create {what}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
