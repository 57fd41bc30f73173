import { ClipAudio, ClipAudioKey } from "@strudel-agent/contract/clip/audio"
import { readClipAudio } from "@strudel-agent/library/clip-audio"
import type { TRPCRouterRecord } from "@trpc/server"
import { reader } from "../trpc.ts"

export const clipAudioRouter = {
  /** What a clip sounds like as it is, or as it was at a version, and what became of that since the version before. */
  audio: reader
    .input(ClipAudioKey)
    .output(ClipAudio)
    .query(({ ctx, input }) => readClipAudio(ctx.database.db, input, ctx.measuresAudio ?? false)),
} satisfies TRPCRouterRecord
