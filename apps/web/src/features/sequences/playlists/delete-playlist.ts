"use client"

import { api } from "#shared/api/trpc.ts"
import { deleteLater } from "#shared/ui/undo.ts"
import { itemKey } from "#shared/url-state/item-link.ts"

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
