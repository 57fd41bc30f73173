"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { limits } from "@strudel-agent/contract/limits"
import { useMemo } from "react"
import { api } from "#shared/api/trpc.ts"
import type { TextStorage } from "#shared/text/text-storage.ts"
import { showToast } from "#shared/ui/toast.tsx"
import { inSeries } from "#shared/versioned-draft/write-queue.ts"
import { countOf } from "#shared/words/count.ts"
import { storeTag, type TagChange } from "../about/store-tags.ts"
import { KnownTexts } from "../arrangement/known-texts.ts"
import type { OrderStorage } from "../arrangement/order-keeper.ts"
import { orderOfText } from "../arrangement/text-order.ts"

type Saved = Outputs["playlist"]["update"]

const toOrder = ({ songIds, updatedAt }: Saved) => ({ ids: songIds, updatedAt })
const toText = ({ body, updatedAt }: Saved) => ({ text: body, updatedAt })

/** How a playlist's page stores what is changed on it, and shows at once what was stored. */
export function usePlaylistStore(projectId: string, id: string) {
  const utils = api.useUtils()
  return useMemo(() => {
    const key = { projectId, id }
    const inTurn = inSeries()
    const { playlist, song } = utils.client

    function keep(saved: Saved): Saved {
      utils.playlist.byId.setData(key, (old) => {
        if (!old || old.updatedAt > saved.updatedAt) return old
        const known = new Map(old.songs.map((each) => [each.id, each]))
        return { ...old, ...saved, songs: saved.songIds.flatMap((songId) => known.get(songId) ?? []) }
      })
      void utils.playlist.invalidate()
      return saved
    }

    const texts = new KnownTexts()

    const order: OrderStorage = {
      most: limits.parts,
      async save({ ids: songIds }, expectedUpdatedAt) {
        const former = utils.playlist.byId.getData(key)
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
      load: async () => toOrder(keep(await playlist.byId.query(key))),
    }

    const text: TextStorage = {
      async save(body, expectedUpdatedAt) {
        const former = utils.playlist.byId.getData(key)
        const songIds =
          former?.updatedAt === expectedUpdatedAt
            ? await orderOfText({
                kind: "song",
                base: { projectId, folder: "playlists/" },
                former: { text: former.body, ids: former.songIds },
                text: body,
                isThere: (songId) =>
                  song.byId.query({ projectId, id: songId }).then(
                    () => true,
                    () => false,
                  ),
              })
            : undefined
        const saved = keep(await playlist.update.mutate({ ...key, body, songIds, expectedUpdatedAt }))
        if (songIds) showToast(`The order follows the text: ${countOf(songIds.length, "song")}.`)
        return toText(saved)
      },
      load: async () => toText(keep(await playlist.byId.query(key))),
    }

    return {
      order,
      text,
      restore: (version: number, leaveOutMissing: boolean) =>
        inTurn(async () => {
          const restored = await playlist.restore.mutate({ ...key, version, leaveOutMissing })
          await utils.playlist.invalidate()
          return restored
        }),
      rename: (name: string) => inTurn(async () => keep(await playlist.update.mutate({ ...key, name }))),
      /** Puts a tag on or takes it off, over whatever the metadata says by then. */
      changeTag: (change: TagChange) =>
        inTurn(() =>
          storeTag(change, {
            read: () => playlist.byId.query(key),
            store: async (change) => keep(await playlist.update.mutate({ ...key, ...change })),
          }),
        ),
    }
  }, [utils, projectId, id])
}
