"use client"

import { api } from "#shared/api/trpc.ts"
import { CreateDialog } from "#shared/items/create-dialog.tsx"
import { useProjectChoices } from "#shared/items/project-choices.ts"
import { itemPath } from "#shared/url-state/item-link.ts"

/** The dialog that makes a song. */
export function NewSong({ projectId, onClose }: { projectId?: string | undefined; onClose: () => void }) {
  const utils = api.useUtils()
  const projects = useProjectChoices().filter(({ value }) => value)
  return (
    <CreateDialog
      what="song"
      note="A song puts clips of one project in order."
      projects={projects}
      {...(projectId ? { projectId } : {})}
      onClose={onClose}
      onCreate={async (song) => {
        await utils.client.song.create.mutate(song)
        void utils.song.list.invalidate()
        void utils.project.invalidate()
        return itemPath({ itemType: "song", projectId: song.projectId, itemId: song.id })
      }}
    />
  )
}
