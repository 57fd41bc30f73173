import { Clip, ClipCreate, type ClipKey, ClipList, ClipUpdate } from "@strudel-agent/contract/clip"
import { ClipState } from "@strudel-agent/contract/clip-state"
import { limits } from "@strudel-agent/contract/limits"
import { Slug } from "@strudel-agent/contract/text"
import { Problem } from "@strudel-agent/strudel/result"
import type { FastifyRequest } from "fastify"
import { z } from "zod"
import { changeIf, orNotModified, ReadHeaders, withTag } from "./condition.ts"
import { describeBytes, given } from "./field.ts"
import { describeItem, ownedKey } from "./item.ts"
import { pageQuery, sendList, taggedListOf } from "./page.ts"
import { decimalNumber } from "./query-number.ts"
import type { CallerFor, RestApp } from "./rest-app.ts"

export const RestClip = z
  .object({
    clip_id: Clip.shape.id,
    project_id: Clip.shape.projectId,
    name: Clip.shape.name,
    code: Clip.shape.code,
    metadata: Clip.shape.metadata,
    version: Clip.shape.version,
    created_at: Clip.shape.createdAt,
    updated_at: Clip.shape.updatedAt,
    state: ClipState.nullable().describe("What listening to it found; null until the server has listened to it."),
    problem: Problem.nullable().describe("Why it does not play, where its state is fails."),
  })
  .meta({ id: "Clip", description: "Strudel code of a project." })
export type RestClip = z.infer<typeof RestClip>

const present = (clip: Clip): RestClip => ({
  clip_id: clip.id,
  project_id: clip.projectId,
  name: clip.name,
  code: clip.code,
  metadata: clip.metadata,
  version: clip.version,
  created_at: clip.createdAt,
  updated_at: clip.updatedAt,
  state: clip.state,
  problem: clip.problem,
})

const ListQuery = z
  .object({
    project_id: ClipList.shape.projectId,
    q: ClipList.shape.q.describe("A part of the name or of the code, in any case."),
    tag: ClipList.shape.tag,
    bpm_min: decimalNumber(ClipList.shape.bpmMin.unwrap()).optional(),
    bpm_max: decimalNumber(ClipList.shape.bpmMax.unwrap()).optional(),
    scale: ClipList.shape.scale,
    ...pageQuery,
  })
  .transform(({ project_id: projectId, bpm_min: bpmMin, bpm_max: bpmMax, ...query }) => ({
    ...query,
    projectId,
    bpmMin,
    bpmMax,
  }))

const code = describeBytes(ClipCreate.shape.code, limits.codeBytes)

const CreateBody = z
  .object({
    clip_id: Slug,
    project_id: Slug,
    name: ClipCreate.shape.name,
    code,
    metadata: given(ClipCreate.shape.metadata.unwrap()),
  })
  .transform(({ clip_id: id, project_id: projectId, ...body }) => ({ id, projectId, ...body }))

const ChangeBody = z.object({
  name: given(ClipUpdate.shape.name.unwrap()),
  code: given(code),
  metadata: given(ClipUpdate.shape.metadata.unwrap()).describe("Takes the place of what is stored."),
})

const routes = describeItem({
  word: "clip",
  missing: "CLIP_NOT_FOUND",
  exists: "CLIP_EXISTS",
  changed: "CLIP_CHANGED",
  inUse: ["CLIP_IN_USE"],
  answer: RestClip,
  query: ListQuery,
  create: CreateBody,
  change: ChangeBody,
  idPath: z.object({ clip_id: Slug }).transform(({ clip_id: id }) => ({ id })),
  keyPath: z
    .object({ project_id: Slug, clip_id: Slug })
    .transform(({ project_id: projectId, clip_id: id }) => ({ projectId, id })),
})

/** Registers what /clips answers. */
export function clipRoutes(api: RestApp, callerFor: CallerFor): void {
  const list = {
    ...routes.list,
    headers: ReadHeaders,
    response: { ...routes.list.response, ...taggedListOf(RestClip) },
  }
  api.get("/clips", { schema: list }, async (request, reply) =>
    sendList(reply, await callerFor(request).restPage.clips(request.query)),
  )

  api.post("/clips", { schema: routes.create }, async (request, reply) => {
    reply.code(201)
    return withTag(reply, present(await callerFor(request).clip.create(request.body)))
  })

  const change = (request: FastifyRequest, key: ClipKey, fields: z.output<typeof ChangeBody>) => {
    const { clip } = callerFor(request)
    return changeIf(request, {
      read: async () => present(await clip.byId(key)),
      write: async (expected) => present(await clip.update({ ...key, ...fields, ...expected })),
      changed: "CLIP_CHANGED",
    })
  }
  const remove = (request: FastifyRequest, key: ClipKey) => {
    const { clip } = callerFor(request)
    return changeIf(request, {
      read: async () => present(await clip.byId(key)),
      write: (expected) => clip.delete({ ...key, ...expected }),
      changed: "CLIP_CHANGED",
    })
  }

  api.get("/clips/:clip_id", { schema: routes.find }, async (request, reply) => {
    const found = await callerFor(request).clip.find({ ...request.params, ...request.query })
    return orNotModified(request, reply, present(found))
  })

  api.put("/clips/:clip_id", { schema: routes.updateFound }, async (request, reply) => {
    const key = await ownedKey({ ...request.params, ...request.query }, callerFor(request).clip.find)
    return withTag(reply, await change(request, key, request.body))
  })

  api.delete("/clips/:clip_id", { schema: routes.deleteFound }, async (request, reply) => {
    await remove(request, await ownedKey({ ...request.params, ...request.query }, callerFor(request).clip.find))
    return reply.code(204).send()
  })

  api.get("/clips/:project_id/:clip_id", { schema: routes.get }, async (request, reply) =>
    orNotModified(request, reply, present(await callerFor(request).clip.byId(request.params))),
  )

  api.put("/clips/:project_id/:clip_id", { schema: routes.update }, async (request, reply) =>
    withTag(reply, await change(request, request.params, request.body)),
  )

  api.delete("/clips/:project_id/:clip_id", { schema: routes.delete }, async (request, reply) => {
    await remove(request, request.params)
    return reply.code(204).send()
  })
}
