"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { limits } from "@strudel-agent/contract/limits"
import { useMemo } from "react"
import { api } from "#shared/api/trpc.ts"
import type { Places } from "#shared/song/order.ts"
import type { TextStorage } from "#shared/text/text-storage.ts"
import { showToast } from "#shared/ui/toast.tsx"
import { inSeries } from "#shared/versioned-draft/write-queue.ts"
import { countOf } from "#shared/words/count.ts"
import { storeTag, type TagChange } from "../about/store-tags.ts"
import { KnownTexts } from "../arrangement/known-texts.ts"
import type { OrderStorage, StoredOrder } from "../arrangement/order-keeper.ts"
import { orderOfText } from "../arrangement/text-order.ts"

type Saved = Outputs["song"]["update"]

const toOrder = async (song: Saved): Promise<StoredOrder> => {
  const { placesOfSong } = await import("./song-places.ts")
  const { ids, sections } = placesOfSong(song)
  return { ids, sections, updatedAt: song.updatedAt }
}
const toText = ({ body, updatedAt }: Saved) => ({ text: body, updatedAt })

/** How a song's page stores what is changed on it, and shows at once what was stored. */
export function useSongStore(projectId: string, id: string) {
  const utils = api.useUtils()
  return useMemo(() => {
    const key = { projectId, id }
    const inTurn = inSeries()
    const { song, clip } = utils.client

    function keep(saved: Saved): Saved {
      utils.song.byId.setData(key, (old) => {
        if (!old || old.updatedAt > saved.updatedAt) return old
        const known = new Map(old.clips.map((each) => [each.id, each]))
        return { ...old, ...saved, clips: saved.clipIds.flatMap((clipId) => known.get(clipId) ?? []) }
      })
      void utils.song.invalidate()
      return saved
    }

    const texts = new KnownTexts()

    const nameOfClip = (clipId: string) =>
      clip.byId.query({ projectId, id: clipId }).then(
        ({ name }): [string, string] => [clipId, name],
        (): [string, string] => [clipId, clipId],
      )

    /** The text that lists a song's clips at other places; undefined where the server knows as well what to do with it. */
    async function textFor(former: Outputs["song"]["byId"], places: Places): Promise<string | undefined> {
      const { movedText } = await import("./song-places.ts")
      const names = new Map(former.clips.map(({ id: clipId, name }) => [clipId, name]))
      const added = [...new Set(places.ids)].filter((clipId) => !names.has(clipId))
      for (const [clipId, name] of await Promise.all(added.map(nameOfClip))) names.set(clipId, name)
      const text = movedText(former, places, { texts, nameOf: (clipId) => names.get(clipId) ?? clipId })
      return text !== undefined && new Blob([text]).size <= limits.bodyBytes ? text : undefined
    }

    const order: OrderStorage = {
      most: limits.parts,
      async save(places, expectedUpdatedAt) {
        const { ids: clipIds } = places
        const former = utils.song.byId.getData(key)
        const body = former?.updatedAt === expectedUpdatedAt ? await textFor(former, places) : undefined
        const saved = await (body === undefined
          ? song.setClips.mutate({ ...key, clipIds, expectedUpdatedAt })
          : song.update.mutate({ ...key, clipIds, body, expectedUpdatedAt }))
        const stored = await toOrder(saved)
        texts.keep({ text: saved.body, places: { ids: stored.ids, sections: stored.sections } })
        keep(saved)
        return stored
      },
      load: async () => toOrder(keep(await song.byId.query(key))),
    }

    const text: TextStorage = {
      async save(body, expectedUpdatedAt) {
        const former = utils.song.byId.getData(key)
        const clipIds =
          former?.updatedAt === expectedUpdatedAt
            ? await orderOfText({
                kind: "clip",
                base: { projectId, folder: "songs/" },
                former: { text: former.body, ids: former.clipIds },
                text: body,
                isThere: (clipId) =>
                  clip.byId.query({ projectId, id: clipId }).then(
                    () => true,
                    () => false,
                  ),
              })
            : undefined
        const saved = keep(await song.update.mutate({ ...key, body, clipIds, expectedUpdatedAt }))
        if (clipIds) showToast(`The order follows the text: ${countOf(clipIds.length, "clip")}.`)
        return toText(saved)
      },
      load: async () => toText(keep(await song.byId.query(key))),
    }

    return {
      order,
      text,
      restore: (version: number, leaveOutMissing: boolean) =>
        inTurn(async () => {
          const restored = await song.restore.mutate({ ...key, version, leaveOutMissing })
          await utils.song.invalidate()
          return restored
        }),
      rename: (name: string) => inTurn(async () => keep(await song.update.mutate({ ...key, name }))),
      /** Puts a tag on or takes it off, over whatever the metadata says by then. */
      changeTag: (change: TagChange) =>
        inTurn(() =>
          storeTag(change, {
            read: () => song.byId.query(key),
            store: async (change) => keep(await song.update.mutate({ ...key, ...change })),
          }),
        ),
    }
  }, [utils, projectId, id])
}
