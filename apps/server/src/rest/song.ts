import { limits } from "@strudel-agent/contract/limits"
import { Song, SongCreate, type SongKey, SongList, SongUpdate } from "@strudel-agent/contract/song"
import { Slug } from "@strudel-agent/contract/text"
import type { FastifyRequest } from "fastify"
import { z } from "zod"
import { changeIf, orNotModified, withTag } from "./condition.ts"
import { describeBytes, given } from "./field.ts"
import { describeItem, ownedKey } from "./item.ts"
import { pageQuery, takeRows } from "./page.ts"
import type { CallerFor, RestApp } from "./rest-app.ts"

export const RestSong = z
  .object({
    song_id: Song.shape.id,
    project_id: Song.shape.projectId,
    name: Song.shape.name,
    body: Song.shape.body,
    metadata: Song.shape.metadata,
    clip_ids: Song.shape.clipIds,
    version: Song.shape.version,
    created_at: Song.shape.createdAt,
    updated_at: Song.shape.updatedAt,
  })
  .meta({ id: "Song", description: "Clips of a project in an order." })
export type RestSong = z.infer<typeof RestSong>

const present = (song: Song): RestSong => ({
  song_id: song.id,
  project_id: song.projectId,
  name: song.name,
  body: song.body,
  metadata: song.metadata,
  clip_ids: song.clipIds,
  version: song.version,
  created_at: song.createdAt,
  updated_at: song.updatedAt,
})

const ListQuery = z
  .object({
    project_id: SongList.shape.projectId,
    q: SongList.shape.q.describe("A part of the name, in any case."),
    ...pageQuery,
  })
  .transform(({ project_id: projectId, ...query }) => ({ ...query, projectId }))

const body = given(describeBytes(SongUpdate.shape.body.unwrap(), limits.bodyBytes))

const CreateBody = z
  .object({
    song_id: Slug,
    project_id: Slug,
    name: SongCreate.shape.name,
    body,
    metadata: given(SongCreate.shape.metadata.unwrap()),
    clip_ids: given(SongCreate.shape.clipIds.unwrap()).describe(
      "Clips of the same project in order; one may stand at several places.",
    ),
  })
  .transform(({ song_id: id, project_id: projectId, clip_ids: clipIds, ...fields }) => ({
    ...fields,
    id,
    projectId,
    clipIds,
  }))

const ChangeBody = z
  .object({
    name: given(SongUpdate.shape.name.unwrap()),
    body,
    metadata: given(SongUpdate.shape.metadata.unwrap()).describe("Takes the place of what is stored."),
    clip_ids: given(SongUpdate.shape.clipIds.unwrap()).describe(
      "Clips of the same project in order; one may stand at several places.",
    ),
  })
  .transform(({ clip_ids: clipIds, ...fields }) => ({ ...fields, clipIds }))

const routes = describeItem({
  word: "song",
  missing: "SONG_NOT_FOUND",
  exists: "SONG_EXISTS",
  changed: "SONG_CHANGED",
  inUse: ["SONG_IN_USE"],
  answer: RestSong,
  query: ListQuery,
  create: CreateBody,
  change: ChangeBody,
  idPath: z.object({ song_id: Slug }).transform(({ song_id: id }) => ({ id })),
  keyPath: z
    .object({ project_id: Slug, song_id: Slug })
    .transform(({ project_id: projectId, song_id: id }) => ({ projectId, id })),
})

/** Registers what /songs answers. */
export function songRoutes(api: RestApp, callerFor: CallerFor): void {
  api.get("/songs", { schema: routes.list }, async (request, reply) =>
    takeRows(reply, await callerFor(request).song.list(request.query)).map(present),
  )

  api.post("/songs", { schema: routes.create }, async (request, reply) => {
    reply.code(201)
    return withTag(reply, present(await callerFor(request).song.create(request.body)))
  })

  const change = (request: FastifyRequest, key: SongKey, fields: z.output<typeof ChangeBody>) => {
    const { song } = callerFor(request)
    return changeIf(request, {
      read: async () => present(await song.byId(key)),
      write: async (expected) => present(await song.update({ ...key, ...fields, ...expected })),
      changed: "SONG_CHANGED",
    })
  }
  const remove = (request: FastifyRequest, key: SongKey) => {
    const { song } = callerFor(request)
    return changeIf(request, {
      read: async () => present(await song.byId(key)),
      write: (expected) => song.delete({ ...key, ...expected }),
      changed: "SONG_CHANGED",
    })
  }

  api.get("/songs/:song_id", { schema: routes.find }, async (request, reply) => {
    const found = await callerFor(request).song.find({ ...request.params, ...request.query })
    return orNotModified(request, reply, present(found))
  })

  api.put("/songs/:song_id", { schema: routes.updateFound }, async (request, reply) => {
    const key = await ownedKey({ ...request.params, ...request.query }, callerFor(request).song.find)
    return withTag(reply, await change(request, key, request.body))
  })

  api.delete("/songs/:song_id", { schema: routes.deleteFound }, async (request, reply) => {
    await remove(request, await ownedKey({ ...request.params, ...request.query }, callerFor(request).song.find))
    return reply.code(204).send()
  })

  api.get("/songs/:project_id/:song_id", { schema: routes.get }, async (request, reply) =>
    orNotModified(request, reply, present(await callerFor(request).song.byId(request.params))),
  )

  api.put("/songs/:project_id/:song_id", { schema: routes.update }, async (request, reply) =>
    withTag(reply, await change(request, request.params, request.body)),
  )

  api.delete("/songs/:project_id/:song_id", { schema: routes.delete }, async (request, reply) => {
    await remove(request, request.params)
    return reply.code(204).send()
  })
}
