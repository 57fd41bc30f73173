"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import type { api } from "#shared/api/trpc.ts"
import { type Playable, type PlayableClip, playableClip, playableOfClip } from "#shared/player/playable.ts"
import { playableOfPlaylist, playableOfSong } from "#shared/player/song-plan.ts"
import { readStaging } from "#shared/song/staging.ts"
import type { Item } from "#shared/url-state/item-link.ts"
import { itemKey } from "#shared/url-state/item-link.ts"

type Utils = ReturnType<typeof api.useUtils>

/** Milliseconds in which what was read counts as the newest: what others change refreshes it sooner. */
const fresh = { staleTime: 20_000 }

/** A clip of the library. Rejects as the procedure does. */
export async function loadClip(utils: Utils, projectId: string, id: string): Promise<PlayableClip> {
  const clip = await utils.clip.byId.fetch({ projectId, id }, fresh)
  if (clip.state === "slow")
    void import("#shared/player/settle-slow.ts").then(({ settleSlow }) => settleSlow(utils, clip)).catch(() => {})
  return playableClip(clip)
}

/** The clips of songs in their order, by key; those that are gone meanwhile are left out. */
async function loadClips(utils: Utils, projectId: string, ids: string[]): Promise<Map<string, PlayableClip>> {
  const clips = await Promise.all(
    [...new Set(ids)].map((id) =>
      loadClip(utils, projectId, id).catch((error: unknown) => {
        if (reasonOf(error) === "CLIP_NOT_FOUND") return undefined
        throw error
      }),
    ),
  )
  return new Map(clips.flatMap((clip) => (clip ? [[clip.key, clip] as const] : [])))
}

async function loadSong(utils: Utils, projectId: string, id: string): Promise<Playable | undefined> {
  const song = await utils.song.byId.fetch({ projectId, id }, fresh)
  const staging = readStaging(projectId, id)
  return playableOfSong({ ...song, staging }, await loadClips(utils, projectId, song.clipIds))
}

async function loadPlaylist(utils: Utils, projectId: string, id: string): Promise<Playable | undefined> {
  const playlist = await utils.playlist.byId.fetch({ projectId, id }, fresh)
  const songs = await Promise.all(
    playlist.songIds.map((songId) => utils.song.byId.fetch({ projectId, id: songId }, fresh)),
  )
  const clips = await loadClips(
    utils,
    projectId,
    songs.flatMap(({ clipIds }) => clipIds),
  )
  const staged = songs.map((song) => ({ ...song, staging: readStaging(projectId, song.id) }))
  return playableOfPlaylist(playlist, staged, clips)
}

/** What an item of the library plays; undefined where there is nothing in it to play. Rejects as the procedures do. */
export async function loadPlayable(utils: Utils, item: Item): Promise<Playable | undefined> {
  const { itemType, projectId, itemId } = item
  if (itemType === "song") return loadSong(utils, projectId, itemId)
  if (itemType === "playlist") return loadPlaylist(utils, projectId, itemId)
  return playableOfClip(await loadClip(utils, projectId, itemId), itemKey(item))
}
