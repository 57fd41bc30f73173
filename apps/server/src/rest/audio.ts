import { ClipAudio, ClipAudioKey } from "@strudel-agent/contract/clip/audio"
import { ClipSimilar, SimilarClip, SimilarClips } from "@strudel-agent/contract/clip/similar"
import { limits } from "@strudel-agent/contract/limits"
import { SongAudio, SongSectionAudio } from "@strudel-agent/contract/song/audio"
import { Slug } from "@strudel-agent/contract/text"
import { z } from "zod"
import { answerOf, readRefusals } from "./answering/answer.ts"
import { wholeNumber } from "./answering/query-number.ts"
import { untilLeft } from "./answering/until-left.ts"
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

const section = SongSectionAudio.shape

const RestSongAudio = z
  .object({
    version: SongAudio.shape.version,
    state: SongAudio.shape.state.describe("Off: this server measures nothing. None: the song has no clips."),
    seconds: SongAudio.shape.seconds.describe("How long it plays."),
    loudness: SongAudio.shape.loudness.describe("Of its sections together, in LUFS."),
    peak: SongAudio.shape.peak.describe("The highest peak of its sections, in dB of full scale."),
    sections: z.array(
      z.object({
        name: section.name,
        begin: section.begin.describe("Seconds from the beginning of the song."),
        seconds: section.seconds.describe("How long it plays."),
        audio: section.audio.describe("What its beginning sounds like in figures."),
        problem: section.problem.describe("Why it cannot be measured."),
        words: section.words.describe("What it sounds like, in a few words each."),
        changes: section.changes.describe("What becomes of the sound since the section before."),
      }),
    ),
  })
  .meta({ id: "SongAudio", description: "What a song sounds like, section by section." })

/** Registers what tells how clips and songs sound. */
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
  api.get(
    "/projects/:project_id/songs/:song_id/audio",
    {
      schema: {
        operationId: "getSongAudio",
        summary: "Tell what a song sounds like",
        description: `Renders and measures the first ${limits.songAudio.seconds} seconds of each section while you wait, for ${limits.songAudio.milliseconds / 1000} seconds at most; sections that are left then say so.`,
        tags: ["analysis"],
        params: z.object({ project_id: Slug, song_id: Slug }),
        response: { 200: answerOf(RestSongAudio), ...readRefusals("SONG_NOT_FOUND", "ANALYSER_BUSY") },
      },
    },
    async (request, reply) => {
      const { project_id: projectId, song_id: id } = request.params
      return callerFor(request, untilLeft(reply)).song.audio({ projectId, id })
    },
  )
}
