"use client"

import { fieldsOf, reasonOf } from "@strudel-agent/client/reason"
import { limits } from "@strudel-agent/contract/limits"
import type { SavedView, SavedViewPage } from "@strudel-agent/contract/saved-view"
import { useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"
import { Field } from "#shared/ui/field.tsx"
import { wordsOf } from "#shared/words/reasons.ts"

/** Asks for the name of a view: of a new one that shows a search, or of one that is there. */
export function ViewDialog({
  page,
  search,
  view,
  onClose,
}: {
  page: SavedViewPage
  search: string
  view: SavedView | undefined
  onClose: () => void
}) {
  const utils = api.useUtils()
  const [name, setName] = useState(view?.name ?? "")
  const done = {
    networkMode: "always" as const,
    onSuccess: async () => {
      await utils.view.list.invalidate({ page })
      onClose()
    },
  }
  const create = api.view.create.useMutation(done)
  const update = api.view.update.useMutation(done)
  const { error, isPending } = view ? update : create
  const problem = error ? (fieldsOf(error).name ?? wordsOf(reasonOf(error) ?? "INTERNAL")) : undefined

  function save() {
    if (view) update.mutate({ id: view.id, name })
    else create.mutate({ page, name, search })
  }

  return (
    <Dialog
      title={view ? "Rename the view" : "Save this view"}
      note={view ? undefined : "A view keeps the filters and the order of this list under a name."}
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!isPending) save()
        }}
      >
        <Field
          label="Name"
          value={name}
          maxLength={limits.viewName}
          required
          problem={problem}
          onChange={(event) => setName(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" busy={isPending} className="border-accent">
            {view ? "Rename" : "Save"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
