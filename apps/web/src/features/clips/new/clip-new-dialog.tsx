"use client"

import { fieldsOf, reasonOf } from "@strudel-agent/client/reason"
import { limits } from "@strudel-agent/contract/limits"
import { type FormEvent, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { ProjectField } from "#shared/items/clip-project-field.tsx"
import { useOpenCreated } from "#shared/items/open-created.ts"
import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"
import { Field, TextArea } from "#shared/ui/field.tsx"
import { itemPath } from "#shared/url-state/item-link.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { suggestedId } from "./clip-suggested-id.ts"

/** What a new clip begins with, and the message that it comes from. */
export interface NewClip {
  id: string
  code: string
  origin: { sessionId: string; messageIndex: number }
}

/** Makes a clip and goes to its page. What was filled in stays where that is refused. */
export function NewClipDialog({
  projectId,
  of,
  onClose,
}: {
  projectId: string | undefined
  of?: NewClip
  onClose: () => void
}) {
  const openCreated = useOpenCreated(onClose)
  const utils = api.useUtils()
  const [draft, setDraft] = useState({
    name: of?.id ?? "",
    id: of?.id ?? "",
    projectId: projectId ?? "",
    code: of?.code ?? "",
  })
  const [idIsOwn, setIdIsOwn] = useState(false)
  const create = api.clip.create.useMutation({
    // Without a connection it fails at once, instead of being made when nobody waits for it.
    networkMode: "always",
    onSuccess({ projectId, id, name }) {
      void utils.clip.invalidate()
      openCreated(name, itemPath({ itemType: "clip", projectId, itemId: id }))
    },
  })
  const reason = reasonOf(create.error)
  const fields = fieldsOf(create.error)
  const exists = reason === "CLIP_EXISTS" ? wordsOf("CLIP_EXISTS") : undefined
  const change = (part: Partial<typeof draft>) => {
    if (create.error) create.reset()
    setDraft({ ...draft, ...part })
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (!create.isPending && !create.isSuccess) {
      create.mutate({ ...draft, name: draft.name.trim() || draft.id, origin: of?.origin })
    }
  }

  return (
    <Dialog title={of ? "Save as clip" : "New clip"} note="A piece of Strudel code, in a project." onClose={onClose}>
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        <Field
          label="Name"
          autoFocus
          value={draft.name}
          maxLength={limits.name}
          problem={fields.name}
          placeholder="Rolling bass"
          onChange={({ target: { value: name } }) => change(idIsOwn ? { name } : { name, id: suggestedId(name) })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Id"
            value={draft.id}
            required
            spellCheck={false}
            problem={exists ?? fields.id}
            note="Its file's name, and how songs call it."
            className="font-mono"
            onChange={({ target: { value: id } }) => {
              setIdIsOwn(id !== "")
              change({ id })
            }}
          />
          <ProjectField
            value={draft.projectId}
            problem={fields.projectId}
            onChange={(projectId) => change({ projectId })}
          />
        </div>
        <TextArea
          label="Code"
          value={draft.code}
          problem={fields.code}
          spellCheck={false}
          placeholder={'$: note("c2 [eb2 g2]").s("sawtooth").lpf(800)'}
          className="min-h-36 font-mono text-[0.8125rem]"
          onChange={({ target: { value: code } }) => change({ code })}
        />
        {create.error && !exists && Object.keys(fields).length === 0 && (
          <p role="alert" className="text-sm text-danger">
            Not made. {wordsOf(reason ?? "INTERNAL")}
          </p>
        )}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            busy={create.isPending || create.isSuccess}
            disabled={draft.id === "" || draft.projectId === ""}
            className="border-accent! bg-accent! text-on-accent! disabled:opacity-50"
          >
            Make the clip
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
