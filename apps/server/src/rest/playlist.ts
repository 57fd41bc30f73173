import type { Playlist } from "@strudel-agent/contract/playlist"
import { storedIds } from "@strudel-agent/contract/sequence"
import { Slug } from "@strudel-agent/contract/text"
import { z } from "zod"
import type { CallerFor, RestApp } from "./rest-app.ts"
import {
  changeFields,
  createFields,
  givenIds,
  headFields,
  headOf,
  sequenceRoutes,
  stateFields,
  stateOf,
} from "./sequence.ts"

const RestPlaylist = z
  .object({ playlist_id: Slug, ...headFields, song_ids: storedIds, ...stateFields })
  .meta({ id: "Playlist", description: "Songs of a project in an order." })

const present = ({ id, songIds, ...playlist }: Playlist): z.infer<typeof RestPlaylist> => ({
  playlist_id: id,
  ...headOf(playlist),
  song_ids: songIds,
  ...stateOf(playlist),
})

const CreateBody = z
  .object({ playlist_id: Slug, ...createFields, song_ids: givenIds("songs") })
  .transform(({ playlist_id: id, project_id: projectId, song_ids: songIds, ...fields }) => ({
    ...fields,
    ...{ id, projectId, songIds },
  }))

const ChangeBody = z
  .object({ ...changeFields, song_ids: givenIds("songs") })
  .transform(({ song_ids: songIds, ...fields }) => ({ ...fields, songIds }))

/** Registers what /playlists answers. */
export const playlistRoutes = (api: RestApp, callerFor: CallerFor): void =>
  sequenceRoutes(api, callerFor, {
    word: "playlist",
    answer: RestPlaylist,
    create: CreateBody,
    change: ChangeBody,
    idPath: z.object({ playlist_id: Slug }).transform(({ playlist_id: id }) => ({ id })),
    keyPath: z
      .object({ project_id: Slug, playlist_id: Slug })
      .transform(({ project_id: projectId, playlist_id: id }) => ({ projectId, id })),
    procedures: ({ playlist }) => playlist,
    present,
  })
