"use client"

import { type ReactNode, useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { deleteLater } from "#shared/ui/undo.ts"
import type { DoomedProject } from "./delete-project-dialog.tsx"

const DeleteProjectDialog = onDemand(() =>
  import("./delete-project-dialog.tsx").then((part) => part.DeleteProjectDialog),
)

export const projectKey = (id: string) => `project:${id}`

/** Deletes a project once its id was typed, and some seconds after that, in which it can be taken back. */
export function useDeleteProject(onDeleted: () => void = () => {}): {
  askDelete: (project: DoomedProject) => void
  dialog: ReactNode
} {
  const utils = api.useUtils()
  const [asked, setAsked] = useState<DoomedProject>()

  function remove({ id, name }: DoomedProject) {
    setAsked(undefined)
    deleteLater({
      text: `Deleted ${name} and all that it holds.`,
      keys: [projectKey(id)],
      async commit() {
        await utils.client.project.delete.mutate({ id })
        await utils.invalidate()
      },
    })
    onDeleted()
  }

  return {
    askDelete: setAsked,
    dialog: asked && (
      <DeleteProjectDialog project={asked} onDelete={() => remove(asked)} onClose={() => setAsked(undefined)} />
    ),
  }
}
