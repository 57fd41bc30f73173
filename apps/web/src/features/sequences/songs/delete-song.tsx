"use client"

import { useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { deleteLater } from "#shared/ui/undo.ts"
import { itemKey } from "#shared/url-state/item-link.ts"
import { deleteUnlessUsed } from "./delete-words.ts"
import type { Users } from "./used-dialog.tsx"

const UsedDialog = onDemand(() => import("./used-dialog.tsx").then((part) => part.UsedDialog))

interface Deleted {
  projectId: string
  id: string
  name: string
}

/** Deletes songs, each with some seconds to take it back; where playlists play one, a dialog leads to them. */
export function useDeleteSong() {
  const utils = api.useUtils()
  const [users, setUsers] = useState<Users>()

  /** False where the song is in use. */
  async function deleteSong({ projectId, id, name }: Deleted): Promise<boolean> {
    const key = { projectId, id }
    const { playlists } = await utils.song.byId.fetch(key).catch(() => ({ playlists: [] }))
    if (playlists.length > 0) {
      setUsers({ projectId, name, playlists })
      return false
    }
    deleteLater({
      text: `Deleted ${name}.`,
      keys: [itemKey({ itemType: "song", projectId, itemId: id })],
      async commit() {
        await deleteUnlessUsed(name, () => utils.client.song.delete.mutate(key))
        await Promise.all([utils.song.list.invalidate(), utils.project.invalidate()])
      },
    })
    return true
  }

  return { deleteSong, dialog: users && <UsedDialog users={users} onClose={() => setUsers(undefined)} /> }
}
