import { limits } from "@strudel-agent/contract/limits"
import {
  Run,
  RunAgain,
  RunChange,
  RunChangeKey,
  RunChangeNeed,
  RunDecide,
  RunDetail,
  RunKey,
  RunList,
  RunStop,
} from "@strudel-agent/contract/run"
import { Uuid } from "@strudel-agent/contract/text"
import { z } from "zod"
import { answerOf, readRefusals, writeRefusals } from "./answering/answer.ts"
import { given } from "./answering/field.ts"
import { wholeNumber } from "./answering/query-number.ts"
import type { CallerFor, RestApp } from "./rest-app.ts"
import { SessionPath } from "./session.ts"

const fields = Run.shape

export const RestRun = z
  .object({
    session_id: fields.sessionId,
    run_number: fields.number,
    state: fields.state.describe("queued and running are open; the others say why it ended."),
    asked_index: fields.askedIndex.describe("The last message of a person that it answers."),
    continues: fields.continues,
    message_index: fields.messageIndex.describe("Where its answer is stored."),
    provider: fields.provider,
    model: fields.model,
    prompt_hash: fields.promptHash,
    tools_hash: fields.toolsHash,
    input_tokens: fields.inputTokens,
    cached_tokens: fields.cachedTokens,
    output_tokens: fields.outputTokens,
    cost: fields.cost.describe("US dollars; null where no price is known."),
    failure: fields.failure,
    stopped_by: fields.stoppedBy.describe("Who stopped it, as whoever did named themselves."),
    created_at: fields.createdAt,
    begun_at: fields.begunAt,
    ended_at: fields.endedAt,
  })
  .meta({ id: "Run", description: "One answer of this installation's agent, from its beginning to its end." })

const RestRunDetail = RestRun.extend({ steps: RunDetail.shape.steps }).meta({
  id: "RunDetail",
  description: "A run with what it has written so far.",
})

const present = (run: Run): z.infer<typeof RestRun> => ({
  session_id: run.sessionId,
  run_number: run.number,
  state: run.state,
  asked_index: run.askedIndex,
  continues: run.continues,
  message_index: run.messageIndex,
  provider: run.provider,
  model: run.model,
  prompt_hash: run.promptHash,
  tools_hash: run.toolsHash,
  input_tokens: run.inputTokens,
  cached_tokens: run.cachedTokens,
  output_tokens: run.outputTokens,
  cost: run.cost,
  failure: run.failure,
  stopped_by: run.stoppedBy,
  created_at: run.createdAt,
  begun_at: run.begunAt,
  ended_at: run.endedAt,
})

const change = RunChange.shape
const need = RunChangeNeed.shape

export const RestRunChange = z
  .object({
    session_id: change.sessionId,
    run_number: change.number,
    call_id: change.callId,
    state: change.state.describe("staged waits for a person; a later proposal of the same item replaces it."),
    operation: change.path,
    project_id: change.projectId,
    item_type: change.itemType,
    item_id: change.itemId,
    item_name: change.itemName,
    text_before: change.textBefore,
    text_after: change.textAfter,
    version: change.version.describe("The version that it made."),
    needs: z
      .array(
        z.object({
          run_number: need.number,
          call_id: need.callId,
          item_type: need.itemType,
          item_id: need.itemId,
          item_name: need.itemName,
        }),
      )
      .describe("Of one that waits: what has to be approved before it or with it, in this order."),
    created_at: change.createdAt,
    decided_at: change.decidedAt,
  })
  .meta({ id: "RunChange", description: "A change of the library that a run made, or proposes to a person." })

const presentChange = (row: RunChange): z.infer<typeof RestRunChange> => ({
  session_id: row.sessionId,
  run_number: row.number,
  call_id: row.callId,
  state: row.state,
  operation: row.path,
  project_id: row.projectId,
  item_type: row.itemType,
  item_id: row.itemId,
  item_name: row.itemName,
  text_before: row.textBefore,
  text_after: row.textAfter,
  version: row.version,
  needs: row.needs.map(({ number, callId, itemType, itemId, itemName }) => ({
    ...{ run_number: number, call_id: callId, item_type: itemType, item_id: itemId, item_name: itemName },
  })),
  created_at: row.createdAt,
  decided_at: row.decidedAt,
})

const RunPath = z.object({ session_id: Uuid, run_number: wholeNumber(RunKey.shape.number) })
const ChangePath = RunPath.extend({ call_id: RunChangeKey.shape.callId })

const { limit } = RunList.shape
const ListQuery = z.object({
  before: wholeNumber(RunList.shape.before.unwrap()).optional().describe("Runs of a lower number."),
  limit: wholeNumber(limit.unwrap()).default(limit.def.defaultValue),
})
const ChangeQuery = z.object({ state: RunChange.shape.state.optional() })

const StopQuery = z.object({
  by: RunStop.shape.by.describe("Who stops it, such as a person's name: the run tells it as stopped_by."),
})
const AgainBody = z.object({
  continues: given(RunAgain.shape.continues.unwrap()).describe(
    "Whether what the last run left unfinished is gone on with; otherwise the question is answered anew.",
  ),
})
const NeededKey = z.object({ run_number: RunKey.shape.number, call_id: RunChangeKey.shape.callId })
const DecideBody = z.object({
  approved: RunDecide.shape.approved,
  needed: given(z.array(NeededKey).max(limits.run.needed)).describe(
    "Which of its needs are approved before it; it is refused as long as it needs another one that waits.",
  ),
})

const tags = ["runs"]

/** Registers what /sessions/{session_id}/runs and /sessions/{session_id}/changes answer. */
export function runRoutes(api: RestApp, callerFor: CallerFor): void {
  api.get(
    "/sessions/:session_id/runs",
    {
      schema: {
        operationId: "listRuns",
        summary: "List a session's runs, the newest first",
        tags,
        params: SessionPath,
        querystring: ListQuery,
        response: {
          200: answerOf(z.object({ runs: z.array(RestRun), has_more: z.boolean() }).describe("The newest first.")),
          ...readRefusals("SESSION_NOT_FOUND"),
        },
      },
    },
    async (request) => {
      const { runs, hasMore } = await callerFor(request).run.list({
        sessionId: request.params.session_id,
        ...request.query,
      })
      return { runs: runs.map(present), has_more: hasMore }
    },
  )

  api.get(
    "/sessions/:session_id/runs/:run_number",
    {
      schema: {
        operationId: "getRun",
        summary: "Read a run with what it has written so far",
        tags,
        params: RunPath,
        response: {
          200: answerOf(RestRunDetail),
          ...readRefusals("RUN_NOT_FOUND"),
        },
      },
    },
    async (request) => {
      const { session_id: sessionId, run_number: number } = request.params
      const run = await callerFor(request).run.byNumber({ sessionId, number })
      return { ...present(run), steps: run.steps }
    },
  )

  api.post(
    "/sessions/:session_id/runs",
    {
      schema: {
        operationId: "runAgain",
        summary: "Let the agent answer the last question once more, or go on with its last answer",
        tags,
        params: SessionPath,
        body: AgainBody,
        response: {
          201: answerOf(RestRun),
          ...writeRefusals("SESSION_NOT_FOUND", "SESSION_TERMINATED", "RUN_OPEN", "NOTHING_ASKED"),
        },
      },
    },
    async (request, reply) => {
      reply.code(201)
      return present(await callerFor(request).run.again({ sessionId: request.params.session_id, ...request.body }))
    },
  )

  api.post(
    "/sessions/:session_id/stop",
    {
      schema: {
        operationId: "stopRun",
        summary: "Stop what the agent is at in a session; what it wrote is kept",
        tags,
        params: SessionPath,
        querystring: StopQuery,
        response: {
          200: answerOf(
            z.object({ run: RestRun.nullable() }).describe("The run that was ended; null where it was at nothing."),
          ),
          ...writeRefusals("SESSION_NOT_FOUND"),
        },
      },
    },
    async (request) => {
      const run = await callerFor(request).run.stop({ sessionId: request.params.session_id, by: request.query.by })
      return { run: run && present(run) }
    },
  )

  api.get(
    "/sessions/:session_id/changes",
    {
      schema: {
        operationId: "listRunChanges",
        summary:
          "List what a session's runs changed of the library, and propose to change: the last 200, in their order",
        tags,
        params: SessionPath,
        querystring: ChangeQuery,
        response: {
          200: answerOf(z.array(RestRunChange).describe("In their order.")),
          ...readRefusals("SESSION_NOT_FOUND"),
        },
      },
    },
    async (request) => {
      const { changes } = await callerFor(request).run.changes({
        sessionId: request.params.session_id,
        ...request.query,
      })
      return changes.map(presentChange)
    },
  )

  api.patch(
    "/sessions/:session_id/runs/:run_number/changes/:call_id",
    {
      schema: {
        operationId: "decideRunChange",
        summary: "Approve or reject a change that waits for a person",
        tags,
        params: ChangePath,
        body: DecideBody,
        response: {
          200: answerOf(RestRunChange),
          ...writeRefusals(
            ...(["RUN_CHANGE_NOT_FOUND", "RUN_CHANGE_DECIDED", "RUN_CHANGE_NEEDS"] as const),
            ...(["CLIP_CHANGED", "CLIP_NOT_FOUND"] as const),
            ...([
              "CLIP_EXISTS",
              "CLIP_IN_USE",
              "SONG_CHANGED",
              "SONG_NOT_FOUND",
              "SONG_EXISTS",
              "SONG_IN_USE",
            ] as const),
            ...(["PLAYLIST_CHANGED", "PLAYLIST_NOT_FOUND", "PLAYLIST_EXISTS"] as const),
          ),
        },
      },
    },
    async (request) => {
      const { session_id: sessionId, run_number: number, call_id: callId } = request.params
      const { approved } = request.body
      const needed = request.body.needed?.map((each) => ({ number: each.run_number, callId: each.call_id }))
      return presentChange(await callerFor(request).run.decide({ sessionId, number, callId, approved, needed }))
    },
  )
}
