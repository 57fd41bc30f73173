import type { Calls } from "@strudel-agent/client/client"
import { withLineFeeds } from "#shared/editor/line-endings.ts"
import { loadPlayer } from "#shared/player/load-player.ts"
import { playableClip } from "#shared/player/playable.ts"
import type { Player } from "#shared/player/player.ts"
import { isOn } from "#shared/player/player-state.ts"
import { usePlayer } from "#shared/player/use-player.ts"

/** Versions of a clip among which the code that plays is looked for. */
const lookBack = 10

/** What of the player takes over. */
const loadTaking = async (): Promise<Pick<Player, "measure" | "update">> => loadPlayer()

interface ClipKey {
  projectId: string
  id: string
}

/** The code of a clip that plays; undefined where it does not. */
export function playingCode({ projectId, id }: ClipKey): string | undefined {
  const state = usePlayer.getState()
  return isOn(state) ? state.playable?.clips.find(({ key }) => key === `${projectId}/${id}`)?.code : undefined
}

/**
 * Lets a clip that plays go on with what was saved of it, from the next cycle on, and as loud as that was measured to be.
 * Code that was typed and is not saved plays on: only a former version makes room.
 */
export async function takeOver(client: Calls, key: ClipKey, load = loadTaking): Promise<void> {
  if (playingCode(key) === undefined) return
  const [clip, { items: versions }] = await Promise.all([
    client.clip.byId.query(key),
    client.clip.versions.query({ ...key, limit: lookBack }),
  ])
  const playing = playingCode(key)
  if (!versions.some(({ code }) => withLineFeeds(code) === playing)) return
  const player = await load()
  const stored = playableClip(clip)
  if (stored.code === playing) player.measure(stored)
  else await player.update(stored)
}
