import { type Analysis, ClipAnalyze } from "@strudel-agent/contract/clip/analysis"
import { limits } from "@strudel-agent/contract/limits"
import { Hap, Lane, Problem, SampleRequest, Sound, Warning } from "@strudel-agent/strudel/result"
import { z } from "zod"
import { writeRefusals } from "./answering/answer.ts"
import { describeBytes, given } from "./answering/field.ts"
import { untilLeft } from "./answering/until-left.ts"
import type { CallerFor, RestApp } from "./rest-app.ts"

const RestHap = Hap.extend({
  // The document has no words for JSON that contains itself.
  value: z.record(z.string(), z.unknown()).describe("Every control of the event; a bare value stands under `value`."),
})

/** One shape for both outcomes: `error` is there where `ok` is false. */
const RestAnalysis = z
  .object({
    ok: z.boolean().describe("Whether the code evaluates and can be asked for events."),
    cps: z.number().nullable().describe("Cycles per second; null where the code does not play."),
    cycles: z.number().int(),
    events: z.number().int().describe("Events of these cycles, at most 20,000."),
    sounds: z.array(Sound),
    lanes: z.array(Lane),
    samples: z.array(SampleRequest).describe("What the code asks to load; nothing is loaded."),
    warnings: z.array(Warning),
    definitions_only: z
      .boolean()
      .describe("Whether it makes no sound by itself, but defines functions and values for other clips."),
    haps: z.array(RestHap).optional().describe("Each event, where asked for."),
    error: Problem.optional().describe("Why the code does not play; lines and columns count from 1."),
  })
  .meta({ id: "Analysis", description: "What a piece of code plays, or why it does not." })

const present = ({ definitionsOnly, ...analysis }: Analysis): z.infer<typeof RestAnalysis> => ({
  ...analysis,
  definitions_only: definitionsOnly,
})

const Body = z.object({
  code: describeBytes(ClipAnalyze.shape.code, limits.codeBytes),
  cycles: given(ClipAnalyze.shape.cycles.unwrap()).describe("Cycles to listen to, from the first on; 4 unless told."),
  haps: given(ClipAnalyze.shape.haps.unwrap()).describe("Whether to tell each event; not unless told."),
})

/** Registers what /analyze answers. */
export function analysisRoutes(api: RestApp, callerFor: CallerFor): void {
  api.post(
    "/analyze",
    {
      schema: {
        operationId: "analyze",
        summary: "Tell what a piece of code plays, or why it does not",
        description: "Nothing is stored. Code that does not play is answered with 200, ok false and the error.",
        tags: ["analysis"],
        body: Body,
        response: {
          200: { description: "What it plays.", content: { "application/json": { schema: RestAnalysis } } },
          ...writeRefusals("ANALYSER_BUSY"),
        },
      },
    },
    async (request, reply) => present(await callerFor(request, untilLeft(reply)).clip.analyze(request.body)),
  )
}
