"use client"

import { api } from "../api/trpc.ts"
import { itemKey } from "../markdown/item-link.ts"
import { deleteLater } from "../ui/undo.ts"

interface Deleted {
  projectId: string
  id: string
  name: string
}

/** Deletes playlists, each with some seconds to take it back. */
export function useDeletePlaylist() {
  const utils = api.useUtils()
  return ({ projectId, id, name }: Deleted): void =>
    deleteLater({
      text: `Deleted ${name}.`,
      keys: [itemKey({ itemType: "playlist", projectId, itemId: id })],
      async commit() {
        await utils.client.playlist.delete.mutate({ projectId, id })
        await Promise.all([utils.playlist.list.invalidate(), utils.project.invalidate()])
      },
    })
}
