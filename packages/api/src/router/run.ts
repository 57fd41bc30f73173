import { Clip, ClipKey } from "@strudel-agent/contract/clip"
import { playlistSchemas } from "@strudel-agent/contract/playlist"
import {
  Run,
  RunAgain,
  RunChange,
  RunChangeList,
  RunChangeListed,
  RunChangeMade,
  RunChangeMake,
  RunClaim,
  RunClaimed,
  RunCostList,
  RunCosts,
  RunDecide,
  RunDetail,
  RunFinish,
  RunKey,
  RunList,
  RunPage,
  RunRelease,
  RunReleased,
  RunStop,
  RunWrite,
  RunWritten,
} from "@strudel-agent/contract/run"
import type { RunOperationPath } from "@strudel-agent/contract/run/operation"
import { songSchemas } from "@strudel-agent/contract/song"
import { listRunCosts } from "@strudel-agent/database/queries/run/cost"
import { decideChange, makeRunChange, readRunChanges } from "@strudel-agent/library/run/change"
import {
  claimRun,
  finishRun,
  readRun,
  readRuns,
  releaseRun,
  runAgain,
  stopRun,
  writeRun,
} from "@strudel-agent/library/run/run"
import { listSessionNames } from "@strudel-agent/library/session"
import type { TRPCRouterRecord } from "@trpc/server"
import type { z } from "zod"
import { reader, writer } from "../trpc.ts"

const item = { clip: Clip, song: songSchemas.Sequence, playlist: playlistSchemas.Sequence } as const

/** What the procedure of an operation answers. */
function schemaOf(path: RunOperationPath): z.ZodType {
  const [kind, verb] = path.split(".")
  if (verb === "delete") return ClipKey
  return kind === "clip" ? item.clip : kind === "song" ? item.song : item.playlist
}

const moment = (text: string | undefined) => (text === undefined ? undefined : new Date(text))

export const runRouter = {
  /** A session's runs, the newest first. */
  list: reader
    .input(RunList)
    .output(RunPage)
    .query(({ ctx, input }) => readRuns(ctx.database.db, input)),

  /** A run with what it has written so far. */
  byNumber: reader
    .input(RunKey)
    .output(RunDetail)
    .query(({ ctx, input }) => readRun(ctx.database.db, input)),

  /** What runs cost together, by day, session, project or model. */
  costs: reader
    .input(RunCostList)
    .output(RunCosts)
    .query(async ({ ctx, input: { from, to, ...filter } }) => {
      const { db } = ctx.database
      const rows = await listRunCosts(db, { ...filter, from: moment(from), to: moment(to) })
      const names =
        filter.by === "session"
          ? await listSessionNames(
              db,
              rows.flatMap(({ key }) => key ?? []),
            )
          : undefined
      return { rows: rows.map((row) => ({ ...row, name: names ? (names.get(row.key ?? "") ?? null) : row.key })) }
    }),

  /** Ends what the agent is at in a session, and keeps what it wrote; null where it is at nothing. */
  stop: writer
    .input(RunStop)
    .output(Run.nullable())
    .mutation(({ ctx, input }) => stopRun(ctx.database.db, input)),

  /** Lets the agent answer the last question once more, or go on with its last answer. */
  again: writer
    .input(RunAgain)
    .output(Run)
    .mutation(({ ctx, input }) => runAgain(ctx.database.db, input)),

  /** What the runs of a session changed of the library, and propose to change. */
  changes: reader
    .input(RunChangeList)
    .output(RunChangeListed)
    .query(async ({ ctx, input }) => ({ changes: await readRunChanges(ctx.database.db, input) })),

  /** Makes a change that waits for a person, or lets it be. */
  decide: writer
    .input(RunDecide)
    .output(RunChange)
    .mutation(({ ctx, input }) => decideChange(ctx.database.db, input)),

  /** Gives a worker a run that waits for one; null where none does. */
  claim: writer
    .input(RunClaim)
    .output(RunClaimed)
    .mutation(({ ctx, input }) => {
      ctx.agent?.noteWorker()
      return claimRun(ctx.database.db, input)
    }),

  /** Stores what a worker's run writes, each event once, and says that the worker is at it. */
  write: writer
    .input(RunWrite)
    .output(RunWritten)
    .mutation(async ({ ctx, input }) => ({ eventCount: await writeRun(ctx.database.db, input) })),

  /** Makes or proposes a change for a worker's run, once for each of the model's calls. */
  change: writer
    .input(RunChangeMake)
    .output(RunChangeMade)
    .mutation(async ({ ctx, input }) => {
      const { state, path, answer } = await makeRunChange(ctx.database.db, input)
      return { state, answer: schemaOf(path).parse(answer) }
    }),

  /** Ends a worker's run: what it wrote becomes a message, exactly once. Of one that was stopped only the cost is kept. */
  finish: writer
    .input(RunFinish)
    .output(Run)
    .mutation(({ ctx, input }) => finishRun(ctx.database.db, input)),

  /** Lets go of a worker's run: where it wrote nothing, another worker takes it, and otherwise what there is is kept. */
  release: writer
    .input(RunRelease)
    .output(RunReleased)
    .mutation(async ({ ctx, input }) => ({ state: await releaseRun(ctx.database.db, input) })),
} satisfies TRPCRouterRecord
