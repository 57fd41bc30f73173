import { limits } from "@strudel-agent/contract/limits"
import {
  hasEnded,
  Run,
  type RunAgain,
  type RunClaim,
  RunEvent,
  RunFailure,
  type RunFinish,
  type RunKey,
  type RunRelease,
  type RunStop,
  type RunWrite,
} from "@strudel-agent/contract/run"
import { RunStep, stepsOf } from "@strudel-agent/contract/run/step"
import type { Db } from "@strudel-agent/database/client"
import { isUnavailable } from "@strudel-agent/database/errors"
import type { RunState } from "@strudel-agent/database/kinds"
import {
  endRun,
  findRun,
  findRunSteps,
  insertRun,
  listLeftRuns,
  listQueuedRuns,
  listRunEvents,
  listRuns,
  listWaitingSessions,
  lockRun,
  lockSessionRuns,
  noteRunUsage,
  queueRun,
  type RunRow,
  takeRun,
  writeRun as write,
} from "@strudel-agent/database/queries/run"
import { inTransaction } from "@strudel-agent/database/transaction"
import { z } from "zod"
import { LibraryError } from "../failure.ts"
import { type NamedSession, noSession, readSession } from "../session.ts"
import { appendAnswer } from "./answer.ts"

const { leaseSeconds, attempts, bytes: mostBytes, mostEvents } = limits.run

/** Runs and sessions that one claim looks at. */
const candidates = 8
/** Runs that one sweep ends at most. */
const mostSwept = 100

export const noRun = () => new LibraryError("RUN_NOT_FOUND", "The session has no such run.")
export const runEnded = () => new LibraryError("RUN_ENDED", "This run has ended, or another process works on it.")

const tooLong = () => {
  const [characters, events] = [mostBytes, mostEvents].map((most) => most.toLocaleString("en-US"))
  return new LibraryError("RUN_TOO_LONG", `A run writes at most ${characters} characters in ${events} events.`)
}

/** A run as callers get it. */
export const presentRun = ({ failure, eventCount: _, ...run }: RunRow) => ({
  ...run,
  failure: failure === null ? null : RunFailure.parse(failure),
})
export type PresentRun = ReturnType<typeof presentRun>

const storedSteps = z.array(RunStep)

/** What an open run has written from an event on, at most so many characters of it. */
export const readRunEvents = async (db: Db, from: RunKey & { from: number; mostCharacters: number }) =>
  z.array(RunEvent).parse(await listRunEvents(db, from))

/** A run as it is with what it wrote from an event on, and whether that is all; of one that has ended, nothing but it. */
export async function readLiveRun(db: Db, place: RunKey & { from: number; mostCharacters: number }) {
  const run = await findRun(db, place)
  if (!run) return undefined
  const events = hasEnded(run.state) ? [] : await readRunEvents(db, place)
  const isWhole = hasEnded(run.state) || place.from + events.length >= run.eventCount
  return { run: Run.parse(presentRun(run)), events, isWhole }
}

/** All that an open run has written. */
async function allEvents(db: Db, key: RunKey, count: number): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  while (events.length < count) {
    const more = await readRunEvents(db, { ...key, from: events.length, mostCharacters: mostBytes * 2 })
    if (more.length === 0) break
    events.push(...more)
  }
  return events
}

/** A run with what it has written so far. */
export async function readRun(db: Db, key: RunKey) {
  const run = await findRun(db, key)
  if (!run) throw noRun()
  const stored = await findRunSteps(db, key)
  const steps = stored === null ? stepsOf(await allEvents(db, key, mostEvents)) : storedSteps.parse(stored)
  return { ...presentRun(run), steps }
}

/** A session's runs, the newest first, and whether there are more. */
export async function readRuns(
  db: Db,
  { sessionId, before, limit }: { sessionId: string; before?: number | undefined; limit: number },
) {
  const rows = await listRuns(db, { sessionId, before, limit: limit + 1 })
  if (rows.length === 0) await readSession(db, sessionId)
  return { runs: rows.slice(0, limit).map(presentRun), hasMore: rows.length > limit }
}

/** Begins a run in a session that waits for an answer; undefined where it does not, any more. */
async function beginRun(tx: Db, sessionId: string): Promise<RunKey | undefined> {
  const session = await lockSessionRuns(tx, sessionId)
  if (session?.answeredBy !== "strudel" || session.status === "terminated") return undefined
  if (session.askedCount <= session.takenCount) return undefined
  const last = session.runCount > 0 ? await findRun(tx, { sessionId, number: session.runCount }) : undefined
  if (last && !hasEnded(last.state)) return undefined
  const number = session.runCount + 1
  await insertRun(tx, sessionId, { number, askedIndex: session.askedCount - 1, continues: false })
  return { sessionId, number }
}

/** Gives a worker a run that waits; one of a session that was terminated meanwhile ends. */
const takeQueued = (db: Db, key: RunKey, worker: string): Promise<RunRow | undefined> =>
  inTransaction(db, async (tx) => {
    const session = await lockSessionRuns(tx, key.sessionId)
    if (session?.status !== "terminated") return takeRun(tx, key, worker, leaseSeconds)
    const run = await lockRun(tx, key)
    if (run?.state === "queued") await endLocked(tx, run, { state: "stopped" })
    return undefined
  })

/** Gives a worker a run: one that waits for a process, or one of a session that waits for an answer; null for none. */
export async function claimRun(
  db: Db,
  { worker, canAnswer }: z.output<typeof RunClaim>,
): Promise<{ run: PresentRun; session: NamedSession } | null> {
  if (!canAnswer) return null
  for (const key of await listQueuedRuns(db, candidates)) {
    const run = await takeQueued(db, key, worker)
    if (run) return { run: presentRun(run), session: await readSession(db, key.sessionId) }
  }
  for (const sessionId of await listWaitingSessions(db, candidates)) {
    const run = await inTransaction(db, async (tx) => {
      const key = await beginRun(tx, sessionId)
      return key && takeRun(tx, key, worker, leaseSeconds)
    })
    if (run) return { run: presentRun(run), session: await readSession(db, sessionId) }
  }
  return null
}

/** Stores what a worker's run wrote, each event once; answers how many there are. */
export async function writeRun(db: Db, writing: RunWrite): Promise<number> {
  const { sessionId, number, worker, from, events } = writing
  if (from + events.length > mostEvents) throw tooLong()
  const count = await write(db, { ...writing, leaseSeconds, mostBytes })
  if (count !== undefined) return count
  const run = await inTransaction(db, (tx) => lockRun(tx, { sessionId, number }))
  if (!run) throw noRun()
  if (run.state !== "running" || run.worker !== worker) throw runEnded()
  if ((await readSession(db, sessionId)).status === "terminated") {
    await stopRun(db, { sessionId, number })
    throw runEnded()
  }
  if (run.eventCount < from) {
    throw new LibraryError("BAD_INPUT", `from: the run has ${run.eventCount} events.`, {
      fields: { from: `the run has ${run.eventCount} events` },
    })
  }
  throw tooLong()
}

interface Ending {
  state: RunState
  failure?: RunFailure | undefined
  stoppedBy?: string | undefined
  usage?: RunFinish["usage"]
  cost?: number | null
}

/** Ends an open run that is locked: what it wrote becomes the answer. */
async function endLocked(tx: Db, run: NonNullable<Awaited<ReturnType<typeof lockRun>>>, ending: Ending) {
  const { sessionId, number } = run
  const steps = stepsOf(await allEvents(tx, { sessionId, number }, run.eventCount))
  const messageIndex = await appendAnswer(tx, { run, steps, state: ending.state })
  return presentRun(
    await endRun(tx, {
      ...{ sessionId, number, state: ending.state, messageIndex, steps },
      failure: ending.failure ?? null,
      stoppedBy: ending.stoppedBy ?? null,
      cost: ending.cost ?? null,
      ...(ending.usage ? { usage: ending.usage } : {}),
    }),
  )
}

/** Locks a session, and then the run: in this order, as whoever appends to the session does. */
async function lockBoth(tx: Db, key: RunKey) {
  if (!(await lockSessionRuns(tx, key.sessionId))) throw noSession()
  const run = await lockRun(tx, key)
  if (!run) throw noRun()
  return run
}

/** Ends a worker's run; what it wrote becomes a message, exactly once. Of one that was stopped only what it cost is kept. */
export const finishRun = (
  db: Db,
  { sessionId, number, worker, usage, cost, failure }: RunFinish,
): Promise<PresentRun> =>
  inTransaction(db, async (tx) => {
    const run = await lockBoth(tx, { sessionId, number })
    if (run.state === "stopped" && run.worker === worker)
      return presentRun(await noteRunUsage(tx, run, { usage, cost }))
    if (run.state !== "running" || run.worker !== worker) throw runEnded()
    return endLocked(tx, run, { state: failure ? "failed" : "finished", failure, usage, cost })
  })

/**
 * Ends what the agent is at in a session, and keeps what it wrote; null where it is at nothing. Where no run is open, a
 * question that waits is not answered; one that came while a run was open is, by the next run.
 */
export const stopRun = (db: Db, { sessionId, number: only, by }: RunStop): Promise<PresentRun | null> =>
  inTransaction(db, async (tx) => {
    const session = await lockSessionRuns(tx, sessionId)
    if (!session) throw noSession()
    const open = session.runCount > 0 ? await lockRun(tx, { sessionId, number: session.runCount }) : undefined
    const isOpen = open !== undefined && !hasEnded(open.state)
    if (only !== undefined && !(isOpen && open.number === only)) return null
    const stopped = { state: "stopped", stoppedBy: by } as const
    if (isOpen) return endLocked(tx, open, stopped)
    if (session.askedCount <= session.takenCount) return null
    const number = session.runCount + 1
    await insertRun(tx, sessionId, { number, askedIndex: session.askedCount - 1, continues: false })
    return endLocked(tx, await lockBoth(tx, { sessionId, number }), stopped)
  })

/** Lets the agent answer the last question of a session once more, or go on with its last answer. */
export const runAgain = (db: Db, { sessionId, continues }: z.output<typeof RunAgain>): Promise<PresentRun> =>
  inTransaction(db, async (tx) => {
    const session = await lockSessionRuns(tx, sessionId)
    if (!session) throw noSession()
    if (session.status === "terminated") {
      throw new LibraryError("SESSION_TERMINATED", "This session is terminated. Set its status to active to go on.")
    }
    const last = session.runCount > 0 ? await findRun(tx, { sessionId, number: session.runCount }) : undefined
    if (last && !hasEnded(last.state)) throw new LibraryError("RUN_OPEN", "The agent is still at work in this session.")
    const askedIndex = session.askedCount > 0 ? session.askedCount - 1 : last?.askedIndex
    if (askedIndex === undefined) throw new LibraryError("NOTHING_ASKED", "The session has no message to answer.")
    const number = session.runCount + 1
    await insertRun(tx, sessionId, { number, askedIndex, continues: continues && last !== undefined })
    const run = await findRun(tx, { sessionId, number })
    if (!run) throw noRun()
    return presentRun(run)
  })

/** What becomes of a run that is locked when its worker goes: where it wrote nothing, it waits for another, a few times. */
async function leave(tx: Db, run: NonNullable<Awaited<ReturnType<typeof lockRun>>>): Promise<RunState> {
  if (run.eventCount > 0 || run.attempts >= attempts) return (await endLocked(tx, run, { state: "interrupted" })).state
  await queueRun(tx, run)
  return "queued"
}

/** Lets go of a worker's run at once, for its lease would only run out. */
export const releaseRun = (db: Db, { sessionId, number, worker }: RunRelease): Promise<RunState> =>
  inTransaction(db, async (tx) => {
    const run = await lockBoth(tx, { sessionId, number })
    if (run.state !== "running" || run.worker !== worker) throw runEnded()
    return leave(tx, run)
  })

/** Ends a run of which no answer can be made, without one. */
const giveUp = (db: Db, key: RunKey): Promise<void> =>
  inTransaction(db, async (tx) => {
    const run = await lockBoth(tx, key)
    if (hasEnded(run.state)) return
    await endRun(tx, { ...key, state: "interrupted", messageIndex: null, steps: [], failure: null, cost: null })
  })

/**
 * Ends runs whose worker has not been heard of for too long: one that wrote nothing waits for another worker, a few times,
 * and of the others what there is becomes the answer. One of which none can be made ends without, and `onProblem` is told
 * why. Answers how many there were.
 */
export async function sweepRuns(db: Db, onProblem: (error: unknown) => void = () => {}): Promise<number> {
  const left = await listLeftRuns(db, mostSwept)
  for (const key of left) {
    try {
      await inTransaction(db, async (tx) => {
        if (!(await lockSessionRuns(tx, key.sessionId))) return
        const run = await lockRun(tx, key)
        if (run?.state !== "running" || !run.hasLeaseEnded) return
        await leave(tx, run)
      })
    } catch (error) {
      if (isUnavailable(error)) throw error
      onProblem(error)
      await giveUp(db, key)
    }
  }
  return left.length
}
