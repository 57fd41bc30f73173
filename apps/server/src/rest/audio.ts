import { ClipAudio, ClipAudioKey } from "@strudel-agent/contract/clip/audio"
import { Slug } from "@strudel-agent/contract/text"
import { z } from "zod"
import { answerOf, readRefusals } from "./answering/answer.ts"
import { wholeNumber } from "./answering/query-number.ts"
import type { CallerFor, RestApp } from "./rest-app.ts"

const { version } = ClipAudioKey.shape

const RestAudio = z
  .object({
    version: ClipAudio.shape.version,
    state: ClipAudio.shape.state.describe(
      "Waiting: it is yet to be measured. Off: this server measures nothing. None: the code makes no sound.",
    ),
    audio: ClipAudio.shape.audio.describe("What it sounds like in figures, where it is measured."),
    problem: ClipAudio.shape.problem.describe("Why it cannot be measured."),
    words: ClipAudio.shape.words.describe("What it sounds like, in a few words each."),
    changes: ClipAudio.shape.changes.describe("What became of its sound since the version before."),
    before: ClipAudio.shape.before.describe("The version before, where it is measured, too."),
  })
  .meta({ id: "ClipAudio", description: "What a clip sounds like, measured without a browser." })

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
        querystring: z.object({ version: wholeNumber(version.unwrap()).optional() }),
        response: { 200: answerOf(RestAudio), ...readRefusals("CLIP_NOT_FOUND", "CLIP_VERSION_NOT_FOUND") },
      },
    },
    async (request) => {
      const { project_id: projectId, clip_id: id } = request.params
      return callerFor(request).clip.audio({ projectId, id, ...request.query })
    },
  )
}
