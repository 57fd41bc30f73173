import { versionedKinds } from "@strudel-agent/database/item-kinds"
import { runChangeStates, runStates } from "@strudel-agent/database/kinds"
import { z } from "zod"
import { Metadata } from "./json.ts"
import { limits } from "./limits.ts"
import { RunOperationPath } from "./run/operation.ts"
import { RunStep } from "./run/step.ts"
import { Session } from "./session.ts"
import { longText, nameText, Slug, shortText, Timestamp, Uuid, wholeNumber } from "./text.ts"

export { hasEnded } from "./run/fold.ts"

export const RunState = z.enum(runStates)
export type RunState = z.infer<typeof RunState>

export const RunKey = z.object({ sessionId: Uuid, number: wholeNumber(1) })
export type RunKey = z.infer<typeof RunKey>

/** Why a run failed: what a program branches on, and what people read. */
export const runFailures = ["no-provider", "provider", "rate-limit", "too-long", "too-expensive", "internal"] as const
export const RunFailure = z.object({ reason: z.enum(runFailures), words: z.string() })
export type RunFailure = z.infer<typeof RunFailure>

/** Tokens that a provider counted. */
export const RunUsage = z.object({
  inputTokens: wholeNumber(0),
  /** Those of the input that the provider had kept. */
  cachedTokens: wholeNumber(0),
  outputTokens: wholeNumber(0),
})
export type RunUsage = z.infer<typeof RunUsage>

/** US dollars. */
const Cost = z.number().min(0, "at least 0").max(1_000_000, "at most 1,000,000")

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hexadecimal")

/** One answer of this installation's agent, from its beginning to its end. */
export const Run = RunKey.extend({
  state: RunState,
  /** The last message of a person that it answers. */
  askedIndex: z.number().int(),
  /** Whether it goes on with what the run before it left unfinished. */
  continues: z.boolean(),
  /** Where its answer is stored; null while there is none. */
  messageIndex: z.number().int().nullable(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  /** SHA-256 of the instructions and of the tools that the model was given. */
  promptHash: z.string().nullable(),
  toolsHash: z.string().nullable(),
  ...RunUsage.shape,
  /** US dollars; null where no price is known. */
  cost: z.number().nullable(),
  failure: RunFailure.nullable(),
  /** Who stopped it, as whoever did named themselves; null where it was not stopped, or nobody said. */
  stoppedBy: z.string().nullable(),
  /** Counts every change of the run. */
  revision: z.number().int(),
  /** Another number has the changes that the session's runs propose read again. */
  changesRevision: z.number().int(),
  createdAt: Timestamp,
  begunAt: Timestamp.nullable(),
  endedAt: Timestamp.nullable(),
})
export type Run = z.infer<typeof Run>

/** A run with what it has written so far. */
export const RunDetail = Run.extend({ steps: z.array(RunStep) })
export type RunDetail = z.infer<typeof RunDetail>

export const RunList = z.object({
  sessionId: Uuid,
  /** Runs of a lower number. */
  before: wholeNumber(1).optional(),
  limit: z.number().int().min(1, "at least 1").max(100, "at most 100").default(50),
})
/** The newest first. */
export const RunPage = z.object({ runs: z.array(Run), hasMore: z.boolean() })

export const RunStop = z.object({
  sessionId: Uuid,
  /** Only this run: where another one is open, or none, nothing is stopped. Without it also a question that waits is. */
  number: wholeNumber(1).optional(),
  /** Who stops it: a person's name, or an id by which a browser knows itself again. */
  by: nameText(100).optional(),
})
export type RunStop = z.infer<typeof RunStop>

export const RunAgain = z.object({
  sessionId: Uuid,
  /** Whether what the last run left unfinished is gone on with; otherwise the question is answered anew. */
  continues: z.boolean().default(false),
})

/** The name of a process that works on runs. */
export const Worker = z.string().min(1, "must not be empty").max(100, "at most 100 characters")

export const RunClaim = z.object({
  worker: Worker,
  /** False where the worker is there and has no model to ask: it is noted and given nothing. */
  canAnswer: z.boolean().default(true),
})
/** A run to work on, with its session; null where none waits. */
export const RunClaimed = z.object({ run: Run, session: Session }).nullable()
export type RunClaimed = z.infer<typeof RunClaimed>

const working = { ...RunKey.shape, worker: Worker }

/** The text of one event at most, in bytes of UTF-8. */
const eventText = longText(limits.run.textBytes)
const CallId = z.string().min(1, "must not be empty").max(200, "at most 200 characters")

/** What a run writes, in order: texts are pieces that belong together until something else comes. */
export const RunEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: eventText }),
  z.object({ type: z.literal("reasoning"), text: eventText }),
  /** The model calls a tool. */
  z.object({ type: z.literal("call"), callId: CallId, tool: shortText(100), title: shortText(300), input: Metadata }),
  /** What the call with this id brought. */
  z.object({ type: z.literal("result"), callId: CallId, ok: z.boolean(), text: eventText }),
  /** The provider has to be waited for, and why. */
  z.object({ type: z.literal("wait"), words: shortText(500) }),
])
export type RunEvent = z.infer<typeof RunEvent>

const { events } = limits.run

export const RunWrite = z.object({
  ...working,
  /** The index of the first of the events: what is stored already is passed over. */
  from: wholeNumber(0),
  /** None only says that the worker is still at it. */
  events: z.array(RunEvent).max(events, `at most ${events} events`),
  provider: shortText(limits.provider).optional(),
  model: shortText(limits.run.model).optional(),
  promptHash: Sha256.optional(),
  toolsHash: Sha256.optional(),
})
export type RunWrite = z.infer<typeof RunWrite>
export const RunWritten = z.object({ eventCount: z.number().int() })

export const RunFinish = z.object({
  ...working,
  usage: RunUsage,
  cost: Cost.nullable(),
  /** Set where the run failed. */
  failure: RunFailure.optional(),
})
export type RunFinish = z.infer<typeof RunFinish>

/** A worker lets go of a run, as when it stops. */
export const RunRelease = z.object(working)
export type RunRelease = z.infer<typeof RunRelease>
/** Queued for another worker, or interrupted. */
export const RunReleased = z.object({ state: RunState })

export const RunChangeState = z.enum(runChangeStates)
export type RunChangeState = z.infer<typeof RunChangeState>

export const RunChangeKey = RunKey.extend({ callId: CallId })
export type RunChangeKey = z.infer<typeof RunChangeKey>

export const RunChangeMake = RunChangeKey.extend({
  worker: Worker,
  /** The procedure that makes the change, and what it is to be called with. */
  path: RunOperationPath,
  input: z.record(z.string(), z.unknown()),
})
export type RunChangeMake = z.infer<typeof RunChangeMake>
/** What the procedure of the operation answers, or would; and whether it waits for a person. */
export const RunChangeMade = z.object({ state: RunChangeState, answer: z.unknown() })

/** A change that waits for a person, and that another one needs: without its item that cannot be made. */
export const RunChangeNeed = z.object({
  ...{ number: z.number().int(), callId: z.string() },
  ...{ itemType: z.enum(versionedKinds), itemId: z.string(), itemName: z.string() },
})
export type RunChangeNeed = z.infer<typeof RunChangeNeed>

/** A change of the library that a run made, or proposes. */
export const RunChange = RunChangeKey.extend({
  state: RunChangeState,
  /** The procedure that makes the change. */
  path: RunOperationPath,
  projectId: z.string(),
  itemType: z.enum(versionedKinds),
  itemId: z.string(),
  itemName: z.string(),
  /** The code or text before and after it; null where there is no such item. */
  textBefore: z.string().nullable(),
  textAfter: z.string().nullable(),
  baseVersion: z.number().int().nullable(),
  /** The version that it made. */
  version: z.number().int().nullable(),
  /** Of one that waits: what has to be approved before it or with it, in this order. */
  needs: z.array(RunChangeNeed),
  createdAt: Timestamp,
  decidedAt: Timestamp.nullable(),
})
export type RunChange = z.infer<typeof RunChange>

export const RunChangeList = z.object({
  sessionId: Uuid,
  /** Only those of one run. */
  number: wholeNumber(1).optional(),
  state: RunChangeState.optional(),
})
/** In the order in which they were made, the last 200. */
export const RunChangeListed = z.object({ changes: z.array(RunChange) })

const { needed } = limits.run

export const RunDecide = RunChangeKey.extend({
  approved: z.boolean(),
  /**
   * What is approved before it of what it needs: what the person saw. It is refused as long as it needs another one, such
   * as a later proposal of the same item.
   */
  needed: z
    .array(RunChangeKey.omit({ sessionId: true }))
    .max(needed, `at most ${needed} changes`)
    .default([]),
})
export type RunDecide = z.output<typeof RunDecide>

export const RunCostGroup = z.enum(["day", "session", "project", "model"])
export type RunCostGroup = z.infer<typeof RunCostGroup>

export const RunCostList = z.object({
  by: RunCostGroup,
  /** Runs that began at this moment or later, and before that one. */
  from: z.iso.datetime({ offset: true, error: "must be an ISO 8601 date and time with offset" }).optional(),
  to: z.iso.datetime({ offset: true, error: "must be an ISO 8601 date and time with offset" }).optional(),
  projectId: Slug.optional(),
  sessionId: Uuid.optional(),
})
export type RunCostList = z.infer<typeof RunCostList>

/** What runs cost together: those of a day (in UTC, the latest first), or the most expensive first, at most 400 rows. */
export const RunCosts = z.object({
  rows: z.array(
    z.object({
      /** The day, the session's id, the project's id or the model's name; null for runs without one. */
      key: z.string().nullable(),
      /** What it is called. */
      name: z.string().nullable(),
      runs: z.number().int(),
      ...RunUsage.shape,
      /** US dollars of those with a known price. */
      cost: z.number(),
      /** Runs of which no price is known. */
      unpriced: z.number().int(),
    }),
  ),
})
