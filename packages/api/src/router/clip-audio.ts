import { ClipAudio, ClipAudioKey } from "@strudel-agent/contract/clip/audio"
import { ClipSimilar, SimilarClips } from "@strudel-agent/contract/clip/similar"
import { readClipAudio } from "@strudel-agent/library/clip-audio"
import type { TRPCRouterRecord } from "@trpc/server"
import { readSimilarClips } from "../page/similar-clips.ts"
import { reader } from "../trpc.ts"

export const clipAudioRouter = {
  /** What a clip sounds like as it is, or as it was at a version, and what became of that since the version before. */
  audio: reader
    .input(ClipAudioKey)
    .output(ClipAudio)
    .query(({ ctx, input }) => readClipAudio(ctx.database.db, input, ctx.measuresAudio ?? false)),

  /** The clips that sound the most like one, in whichever project. */
  similar: reader
    .input(ClipSimilar)
    .output(SimilarClips)
    .query(({ ctx, input }) => readSimilarClips(ctx.database.db, input)),
} satisfies TRPCRouterRecord
