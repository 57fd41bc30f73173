"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { api } from "#shared/api/trpc.ts"
import { loadPlayer } from "#shared/player/load-player.ts"
import { toastError } from "#shared/ui/toast.tsx"
import { wordsOf } from "#shared/words/reasons.ts"

/** How to put a clip of the library to what plays. */
export function useAddToPlaying() {
  const utils = api.useUtils()
  return async function addToPlaying({ projectId, id, name }: { projectId: string; id: string; name: string }) {
    try {
      const [player, { loadClip }] = await Promise.all([loadPlayer(), import("./load-playable.ts")])
      player.warm()
      await player.add(await loadClip(utils, projectId, id))
    } catch (error) {
      toastError(`${name} does not play. ${wordsOf(reasonOf(error) ?? "INTERNAL")}`)
    }
  }
}
