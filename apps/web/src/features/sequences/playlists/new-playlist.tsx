"use client"

import { api } from "#shared/api/trpc.ts"
import { CreateDialog } from "#shared/items/create-dialog.tsx"
import { useProjectChoices } from "#shared/items/project-choices.ts"
import { itemPath } from "#shared/url-state/item-link.ts"

/** The dialog that makes a playlist. */
export function NewPlaylist({ projectId, onClose }: { projectId?: string | undefined; onClose: () => void }) {
  const utils = api.useUtils()
  const projects = useProjectChoices().filter(({ value }) => value)
  return (
    <CreateDialog
      what="playlist"
      note="A playlist puts songs of one project in order, for a set or an evening."
      projects={projects}
      {...(projectId ? { projectId } : {})}
      onClose={onClose}
      onCreate={async (playlist) => {
        await utils.client.playlist.create.mutate(playlist)
        void utils.playlist.list.invalidate()
        void utils.project.invalidate()
        return itemPath({ itemType: "playlist", projectId: playlist.projectId, itemId: playlist.id })
      }}
    />
  )
}
