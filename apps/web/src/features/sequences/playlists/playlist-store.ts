"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { limits } from "@strudel-agent/contract/limits"
import { useMemo } from "react"
import { api } from "#shared/api/trpc.ts"
import { KnownTexts } from "../arrangement/known-texts.ts"
import type { OrderStorage } from "../arrangement/order-keeper.ts"
import { type SequenceStore, sequenceStore } from "../page/sequence-store.ts"

type Saved = Outputs["playlist"]["update"]

const toOrder = ({ songIds, updatedAt }: Saved) => ({ ids: songIds, updatedAt })

/** How a playlist's page stores what is changed on it, and shows at once what was stored. */
export function usePlaylistStore(projectId: string, id: string): SequenceStore {
  const utils = api.useUtils()
  return useMemo(() => {
    const key = { projectId, id }
    const { playlist, song } = utils.client
    const known = () => utils.playlist.byId.getData(key)
    const read = () => playlist.byId.query(key)
    const texts = new KnownTexts()

    function keep(saved: Saved): Saved {
      utils.playlist.byId.setData(key, (old) => {
        if (!old || old.updatedAt > saved.updatedAt) return old
        const songs = new Map(old.songs.map((each) => [each.id, each]))
        return { ...old, ...saved, songs: saved.songIds.flatMap((songId) => songs.get(songId) ?? []) }
      })
      void utils.playlist.invalidate()
      return saved
    }

    const order: OrderStorage = {
      most: limits.parts,
      async save({ ids: songIds }, expectedUpdatedAt) {
        const former = known()
        const body =
          former?.updatedAt === expectedUpdatedAt
            ? texts.textOf({ text: former.body, places: { ids: former.songIds } }, { ids: songIds })
            : undefined
        const saved = await (body === undefined
          ? playlist.setSongs.mutate({ ...key, songIds, expectedUpdatedAt })
          : playlist.update.mutate({ ...key, songIds, body, expectedUpdatedAt }))
        texts.keep({ text: saved.body, places: { ids: saved.songIds } })
        return toOrder(keep(saved))
      },
      load: async () => toOrder(keep(await read())),
    }

    return sequenceStore<Saved>({
      part: "song",
      base: { projectId, folder: "playlists/" },
      partsOf: ({ songIds }) => songIds,
      findPart: (songId) => song.byId.query({ projectId, id: songId }),
      known,
      read,
      update: ({ partIds: songIds, ...change }) => playlist.update.mutate({ ...key, ...change, songIds }),
      async restore(version, leaveOutMissing) {
        const restored = await playlist.restore.mutate({ ...key, version, leaveOutMissing })
        await utils.playlist.invalidate()
        return restored
      },
      keep,
      order,
    })
  }, [utils, projectId, id])
}
