import { ClipPicture, ClipPictureKey } from "@strudel-agent/contract/clip"
import { Analysis, ClipAnalyze } from "@strudel-agent/contract/clip/analysis"
import { AnalysisProgress, ClipSettle, ClipSettled } from "@strudel-agent/contract/clip/state"
import { findClip } from "@strudel-agent/database/queries/clip"
import { countWaitingVersions, settleAnalysis } from "@strudel-agent/database/queries/clip/analysis"
import { findClipAnalysis } from "@strudel-agent/database/queries/clip/version"
import { withNearestName } from "@strudel-agent/reference/unknown-name"
import type { TRPCRouterRecord } from "@trpc/server"
import { analyse } from "../analysis.ts"
import { ApiError } from "../errors.ts"
import { reader, writer } from "../trpc.ts"

const unheard = { cps: null, events: null, sounds: [], samples: [], picture: null }

export const clipAnalysisRouter = {
  /** Stores what a player found of a version that takes longer than the server listens; of any other, nothing. */
  settle: writer
    .input(ClipSettle)
    .output(ClipSettled)
    .mutation(async ({ ctx, input: { projectId, id, version, cycles, ...found } }) => {
      const analysis =
        found.state === "fails"
          ? { ...unheard, ...found, problem: withNearestName(found.problem), cycles: null }
          : { ...found, problem: null, cycles }
      return { settled: await settleAnalysis(ctx.database.db, { projectId, id, version }, analysis) }
    }),

  /** What a piece of code plays. It writes nothing; it is a mutation because code does not fit into an address. */
  analyze: reader
    .input(ClipAnalyze)
    .output(Analysis)
    .mutation(({ ctx, input: { code, cycles, haps }, signal }) =>
      analyse(ctx.analyser, { code, haps, options: { cycles, caller: ctx.address, ...(signal ? { signal } : {}) } }),
    ),

  /** The picture of what a clip plays. */
  picture: reader
    .input(ClipPictureKey)
    .output(ClipPicture)
    .query(async ({ ctx, input }) => {
      const { db } = ctx.database
      const clip = await findClip(db, input)
      if (!clip) throw new ApiError("CLIP_NOT_FOUND", "There is no such clip.")
      const { version = clip.version } = input
      const found = await findClipAnalysis(db, { ...input, version })
      if (!found) throw new ApiError("CLIP_VERSION_NOT_FOUND", "The clip has no such version.")
      return { version, picture: found.picture }
    }),

  /** How much code that was stored the server has yet to listen to. */
  analysisProgress: reader
    .output(AnalysisProgress)
    .query(async ({ ctx }) => ({ pending: await countWaitingVersions(ctx.database.db) })),
} satisfies TRPCRouterRecord
