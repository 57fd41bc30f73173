import { Clip, ClipCreate, ClipList, ClipUpdate, SoundWord } from "@strudel-agent/contract/clip"
import { soundNames, soundWords } from "@strudel-agent/contract/clip/sound-words"
import { ClipState } from "@strudel-agent/contract/clip/state"
import { limits } from "@strudel-agent/contract/limits"
import { Slug } from "@strudel-agent/contract/text"
import { Problem } from "@strudel-agent/strudel/result"
import { z } from "zod"
import { ReadHeaders } from "./answering/condition.ts"
import { describeBytes, given } from "./answering/field.ts"
import { pageQuery, sendList, taggedListOf } from "./answering/page.ts"
import { queryList } from "./answering/query-list.ts"
import { decimalNumber } from "./answering/query-number.ts"
import { describeList } from "./item.ts"
import { itemRoutes } from "./item-routes.ts"
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

const Sounds = queryList(SoundWord).describe(
  `What it sounds like, all of these, with commas between: ${soundNames.map((word) => `${word} (${soundWords[word].means})`).join(", ")}. Clips that are not measured are none.`,
)

const ListQuery = z
  .object({
    project_id: ClipList.shape.projectId,
    q: ClipList.shape.q.describe("A part of the name or of the code, in any case."),
    tag: ClipList.shape.tag,
    bpm_min: decimalNumber(ClipList.shape.bpmMin.unwrap()).optional(),
    bpm_max: decimalNumber(ClipList.shape.bpmMax.unwrap()).optional(),
    scale: ClipList.shape.scale,
    sound: Sounds.optional(),
    sort: ClipList.shape.sort.describe(
      "The last changed or made first, by name or tempo; by loudness, brightness or density with the most first and what is not measured last.",
    ),
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

/** Registers what /clips answers. */
export function clipRoutes(api: RestApp, callerFor: CallerFor): void {
  const list = describeList("clip", { answer: RestClip, query: ListQuery })
  const schema = {
    ...list,
    headers: ReadHeaders,
    response: { ...list.response, ...taggedListOf(RestClip) },
  }
  api.get("/clips", { schema }, async (request, reply) =>
    sendList(reply, await callerFor(request).restPage.clips(request.query)),
  )

  itemRoutes(api, callerFor, {
    word: "clip",
    answer: RestClip,
    create: CreateBody,
    change: ChangeBody,
    idPath: z.object({ clip_id: Slug }).transform(({ clip_id: id }) => ({ id })),
    keyPath: z
      .object({ project_id: Slug, clip_id: Slug })
      .transform(({ project_id: projectId, clip_id: id }) => ({ projectId, id })),
    procedures: ({ clip }) => clip,
    present,
  })
}
