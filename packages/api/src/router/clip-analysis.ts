import type { TRPCRouterRecord } from "@trpc/server"
import { analyse, presentAnalysis } from "../analysis.ts"
import { Analysis, ClipAnalyze } from "../schema/analysis.ts"
import { reader } from "../trpc.ts"

export const clipAnalysisRouter = {
  /** What a piece of code plays. It writes nothing; it is a mutation because code does not fit into an address. */
  analyze: reader
    .input(ClipAnalyze)
    .output(Analysis)
    .mutation(async ({ ctx, input: { code, cycles, haps }, signal }) =>
      presentAnalysis(await analyse(ctx.analyser, code, { cycles, ...(signal ? { signal } : {}) }), { cycles, haps }),
    ),
} satisfies TRPCRouterRecord
