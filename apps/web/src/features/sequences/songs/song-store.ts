"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { limits } from "@strudel-agent/contract/limits"
import { useMemo } from "react"
import { api } from "#shared/api/trpc.ts"
import type { Places } from "#shared/song/order.ts"
import { KnownTexts } from "../arrangement/known-texts.ts"
import type { OrderStorage, StoredOrder } from "../arrangement/order-keeper.ts"
import { type SequenceStore, sequenceStore } from "../page/sequence-store.ts"

type Saved = Outputs["song"]["update"]

const toOrder = async (song: Saved): Promise<StoredOrder> => {
  const { placesOfSong } = await import("./song-places.ts")
  const { ids, sections } = placesOfSong(song)
  return { ids, sections, updatedAt: song.updatedAt }
}

/** How a song's page stores what is changed on it, and shows at once what was stored. */
export function useSongStore(projectId: string, id: string): SequenceStore {
  const utils = api.useUtils()
  return useMemo(() => {
    const key = { projectId, id }
    const { song, clip } = utils.client
    const known = () => utils.song.byId.getData(key)
    const read = () => song.byId.query(key)
    const texts = new KnownTexts()

    function keep(saved: Saved): Saved {
      utils.song.byId.setData(key, (old) => {
        if (!old || old.updatedAt > saved.updatedAt) return old
        const clips = new Map(old.clips.map((each) => [each.id, each]))
        return { ...old, ...saved, clips: saved.clipIds.flatMap((clipId) => clips.get(clipId) ?? []) }
      })
      void utils.song.invalidate()
      return saved
    }

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
        const former = known()
        const body = former?.updatedAt === expectedUpdatedAt ? await textFor(former, places) : undefined
        const saved = await (body === undefined
          ? song.setClips.mutate({ ...key, clipIds, expectedUpdatedAt })
          : song.update.mutate({ ...key, clipIds, body, expectedUpdatedAt }))
        const stored = await toOrder(saved)
        texts.keep({ text: saved.body, places: { ids: stored.ids, sections: stored.sections } })
        keep(saved)
        return stored
      },
      load: async () => toOrder(keep(await read())),
    }

    return sequenceStore<Saved>({
      part: "clip",
      base: { projectId, folder: "songs/" },
      partsOf: ({ clipIds }) => clipIds,
      findPart: (clipId) => clip.byId.query({ projectId, id: clipId }),
      known,
      read,
      update: ({ partIds: clipIds, ...change }) => song.update.mutate({ ...key, ...change, clipIds }),
      async restore(version, leaveOutMissing) {
        const restored = await song.restore.mutate({ ...key, version, leaveOutMissing })
        await utils.song.invalidate()
        return restored
      },
      keep,
      order,
    })
  }, [utils, projectId, id])
}
