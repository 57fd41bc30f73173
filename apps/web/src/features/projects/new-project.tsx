"use client"

import { api } from "#shared/api/trpc.ts"
import { CreateDialog } from "#shared/items/create-dialog.tsx"

/** The dialog that makes a project. */
export function NewProject({ onClose }: { onClose: () => void }) {
  const utils = api.useUtils()
  return (
    <CreateDialog
      what="project"
      note="A project holds the clips, songs and playlists that belong together."
      onClose={onClose}
      onCreate={async ({ id, name }) => {
        await utils.client.project.create.mutate({ id, name })
        void utils.project.list.invalidate()
        return `/projects/${encodeURIComponent(id)}`
      }}
    />
  )
}
