import { ClipAudio, ClipAudioKey } from "@strudel-agent/contract/clip/audio"
import { ClipSimilar, SimilarClip, SimilarClips } from "@strudel-agent/contract/clip/similar"
import { Slug } from "@strudel-agent/contract/text"
import { z } from "zod"
import { answerOf, readRefusals } from "./answering/answer.ts"
import { wholeNumber } from "./answering/query-number.ts"
import type { CallerFor, RestApp } from "./rest-app.ts"

const { version, since } = ClipAudioKey.shape
const { limit } = ClipSimilar.shape

const RestAudio = z
  .object({
    version: ClipAudio.shape.version,
    state: ClipAudio.shape.state.describe(
      "Waiting: it is yet to be measured. Off: this server measures nothing. None: the code makes no sound.",
    ),
    audio: ClipAudio.shape.audio.describe("What it sounds like in figures, where it is measured."),
    problem: ClipAudio.shape.problem.describe("Why it cannot be measured."),
    words: ClipAudio.shape.words.describe("What it sounds like, in a few words each."),
    changes: ClipAudio.shape.changes.describe("What became of its sound since the other version."),
    before: ClipAudio.shape.before.describe("The version that it is compared with, where that is measured, too."),
  })
  .meta({ id: "ClipAudio", description: "What a clip sounds like, measured without a browser." })

const RestSimilar = z
  .object({
    measured: SimilarClips.shape.measured.describe(
      "Whether the clip itself is measured; nothing is like one that is not.",
    ),
    clips: z
      .array(
        z.object({
          clip_id: SimilarClip.shape.id,
          project_id: SimilarClip.shape.projectId,
          name: SimilarClip.shape.name,
          version: SimilarClip.shape.version,
          distance: SimilarClip.shape.distance.describe(
            "How far apart both sound, however loud they are: a difference of 1 is plainly heard.",
          ),
        }),
      )
      .describe("The most alike first."),
  })
  .meta({ id: "SimilarClips", description: "The clips that sound the most like one." })

/** Registers what tells how clips sound. */
export function audioRoutes(api: RestApp, callerFor: CallerFor): void {
  api.get(
    "/projects/:project_id/clips/:clip_id/audio",
    {
      schema: {
        operationId: "getClipAudio",
        summary: "Tell what a clip sounds like",
        description:
          "Loudness, peak, bands, onsets, key and tempo as heard, who masks whom, and what the last change did.",
        tags: ["analysis"],
        params: z.object({ project_id: Slug, clip_id: Slug }),
        querystring: z.object({
          version: wholeNumber(version.unwrap()).optional(),
          since: wholeNumber(since.unwrap())
            .optional()
            .describe("The version that it is compared with; the one before unless told."),
        }),
        response: { 200: answerOf(RestAudio), ...readRefusals("CLIP_NOT_FOUND", "CLIP_VERSION_NOT_FOUND") },
      },
    },
    async (request) => {
      const { project_id: projectId, clip_id: id } = request.params
      return callerFor(request).clip.audio({ projectId, id, ...request.query })
    },
  )
  api.get(
    "/projects/:project_id/clips/:clip_id/similar",
    {
      schema: {
        operationId: "listSimilarClips",
        summary: "List the clips that sound like one",
        description:
          "In whichever project, compared by bands, brightness, density, width, silence and tempo as measured.",
        tags: ["analysis"],
        params: z.object({ project_id: Slug, clip_id: Slug }),
        querystring: z.object({ limit: wholeNumber(limit.unwrap()).optional() }),
        response: { 200: answerOf(RestSimilar), ...readRefusals("CLIP_NOT_FOUND") },
      },
    },
    async (request) => {
      const { project_id: projectId, clip_id: id } = request.params
      const { measured, items } = await callerFor(request).clip.similar({ projectId, id, ...request.query })
      const clips = items.map(({ name, version, distance, ...key }) => ({
        ...{ clip_id: key.id, project_id: key.projectId },
        ...{ name, version, distance },
      }))
      return { measured, clips }
    },
  )
}
