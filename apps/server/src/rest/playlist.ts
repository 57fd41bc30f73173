import { limits } from "@strudel-agent/contract/limits"
import {
  Playlist,
  PlaylistCreate,
  type PlaylistKey,
  PlaylistList,
  PlaylistUpdate,
} from "@strudel-agent/contract/playlist"
import { Slug } from "@strudel-agent/contract/text"
import type { FastifyRequest } from "fastify"
import { z } from "zod"
import { changeIf, orNotModified, withTag } from "./condition.ts"
import { describeBytes, given } from "./field.ts"
import { describeItem, ownedKey } from "./item.ts"
import { pageQuery, takeRows } from "./page.ts"
import type { CallerFor, RestApp } from "./rest-app.ts"

export const RestPlaylist = z
  .object({
    playlist_id: Playlist.shape.id,
    project_id: Playlist.shape.projectId,
    name: Playlist.shape.name,
    body: Playlist.shape.body,
    metadata: Playlist.shape.metadata,
    song_ids: Playlist.shape.songIds,
    version: Playlist.shape.version,
    created_at: Playlist.shape.createdAt,
    updated_at: Playlist.shape.updatedAt,
  })
  .meta({ id: "Playlist", description: "Songs of a project in an order." })
export type RestPlaylist = z.infer<typeof RestPlaylist>

const present = (playlist: Playlist): RestPlaylist => ({
  playlist_id: playlist.id,
  project_id: playlist.projectId,
  name: playlist.name,
  body: playlist.body,
  metadata: playlist.metadata,
  song_ids: playlist.songIds,
  version: playlist.version,
  created_at: playlist.createdAt,
  updated_at: playlist.updatedAt,
})

const ListQuery = z
  .object({
    project_id: PlaylistList.shape.projectId,
    q: PlaylistList.shape.q.describe("A part of the name, in any case."),
    ...pageQuery,
  })
  .transform(({ project_id: projectId, ...query }) => ({ ...query, projectId }))

const body = given(describeBytes(PlaylistUpdate.shape.body.unwrap(), limits.bodyBytes))

const CreateBody = z
  .object({
    playlist_id: Slug,
    project_id: Slug,
    name: PlaylistCreate.shape.name,
    body,
    metadata: given(PlaylistCreate.shape.metadata.unwrap()),
    song_ids: given(PlaylistCreate.shape.songIds.unwrap()).describe(
      "Songs of the same project in order; one may stand at several places.",
    ),
  })
  .transform(({ playlist_id: id, project_id: projectId, song_ids: songIds, ...fields }) => ({
    ...fields,
    id,
    projectId,
    songIds,
  }))

const ChangeBody = z
  .object({
    name: given(PlaylistUpdate.shape.name.unwrap()),
    body,
    metadata: given(PlaylistUpdate.shape.metadata.unwrap()).describe("Takes the place of what is stored."),
    song_ids: given(PlaylistUpdate.shape.songIds.unwrap()).describe(
      "Songs of the same project in order; one may stand at several places.",
    ),
  })
  .transform(({ song_ids: songIds, ...fields }) => ({ ...fields, songIds }))

const routes = describeItem({
  word: "playlist",
  missing: "PLAYLIST_NOT_FOUND",
  exists: "PLAYLIST_EXISTS",
  changed: "PLAYLIST_CHANGED",
  inUse: [],
  answer: RestPlaylist,
  query: ListQuery,
  create: CreateBody,
  change: ChangeBody,
  idPath: z.object({ playlist_id: Slug }).transform(({ playlist_id: id }) => ({ id })),
  keyPath: z
    .object({ project_id: Slug, playlist_id: Slug })
    .transform(({ project_id: projectId, playlist_id: id }) => ({ projectId, id })),
})

/** Registers what /playlists answers. */
export function playlistRoutes(api: RestApp, callerFor: CallerFor): void {
  api.get("/playlists", { schema: routes.list }, async (request, reply) =>
    takeRows(reply, await callerFor(request).playlist.list(request.query)).map(present),
  )

  api.post("/playlists", { schema: routes.create }, async (request, reply) => {
    reply.code(201)
    return withTag(reply, present(await callerFor(request).playlist.create(request.body)))
  })

  const change = (request: FastifyRequest, key: PlaylistKey, fields: z.output<typeof ChangeBody>) => {
    const { playlist } = callerFor(request)
    return changeIf(request, {
      read: async () => present(await playlist.byId(key)),
      write: async (expected) => present(await playlist.update({ ...key, ...fields, ...expected })),
      changed: "PLAYLIST_CHANGED",
    })
  }
  const remove = (request: FastifyRequest, key: PlaylistKey) => {
    const { playlist } = callerFor(request)
    return changeIf(request, {
      read: async () => present(await playlist.byId(key)),
      write: (expected) => playlist.delete({ ...key, ...expected }),
      changed: "PLAYLIST_CHANGED",
    })
  }

  api.get("/playlists/:playlist_id", { schema: routes.find }, async (request, reply) => {
    const found = await callerFor(request).playlist.find({ ...request.params, ...request.query })
    return orNotModified(request, reply, present(found))
  })

  api.put("/playlists/:playlist_id", { schema: routes.updateFound }, async (request, reply) => {
    const key = await ownedKey({ ...request.params, ...request.query }, callerFor(request).playlist.find)
    return withTag(reply, await change(request, key, request.body))
  })

  api.delete("/playlists/:playlist_id", { schema: routes.deleteFound }, async (request, reply) => {
    await remove(request, await ownedKey({ ...request.params, ...request.query }, callerFor(request).playlist.find))
    return reply.code(204).send()
  })

  api.get("/playlists/:project_id/:playlist_id", { schema: routes.get }, async (request, reply) =>
    orNotModified(request, reply, present(await callerFor(request).playlist.byId(request.params))),
  )

  api.put("/playlists/:project_id/:playlist_id", { schema: routes.update }, async (request, reply) =>
    withTag(reply, await change(request, request.params, request.body)),
  )

  api.delete("/playlists/:project_id/:playlist_id", { schema: routes.delete }, async (request, reply) => {
    await remove(request, request.params)
    return reply.code(204).send()
  })
}
