import { itemReasons } from "@strudel-agent/contract/item-reason"
import { isJsonObject, type JsonObject } from "@strudel-agent/contract/json"
import { fieldsOf, inWords } from "@strudel-agent/contract/refused-fields"
import type { RunChangeKey, RunChangeMake, RunChangeNeed, RunChangeState, RunDecide } from "@strudel-agent/contract/run"
import { RunOperation, RunOperationPath } from "@strudel-agent/contract/run/operation"
import type { Db } from "@strudel-agent/database/client"
import { countRunChange, findRun, lockRun, lockSessionRuns } from "@strudel-agent/database/queries/run"
import {
  decideRunChange,
  findRunChange,
  insertRunChange,
  listRunChanges,
  lockRunChange,
  type NewRunChange,
  type RunChangeFilter,
  type RunChangeRow,
  replaceRunChanges,
  type WaitingChangeRow,
} from "@strudel-agent/database/queries/run/change"
import { metadataOf } from "@strudel-agent/database/queries/sql/columns"
import { inTransaction } from "@strudel-agent/database/transaction"
import { badInput, LibraryError } from "../failure.ts"
import { readSession } from "../session.ts"
import { itemsInWords, presentNeed, readWaiting } from "./needed.ts"
import { findItem, findItemText, isDeletion, itemOf, perform } from "./operation.ts"
import { noRun, runEnded } from "./run.ts"

/** A change as callers get it, with what it needs. */
export const presentRunChange = ({ operation, ...change }: RunChangeRow, needs: RunChangeNeed[] = []) => ({
  ...change,
  path: RunOperationPath.parse(metadataOf(operation).path),
  needs,
})
export type PresentRunChange = ReturnType<typeof presentRunChange>

/** Reads an operation as its procedure would. */
function operationOf(path: unknown, input: unknown): RunOperation {
  const parsed = RunOperation.safeParse({ path, input })
  if (parsed.success) return parsed.data
  const fields = fieldsOf(parsed.error)
  throw new LibraryError("BAD_INPUT", inWords(fields), { fields })
}

/** What a change came to, and what its procedure answers. */
interface Done extends Pick<NewRunChange, "itemName" | "textBefore" | "textAfter" | "baseVersion" | "version"> {
  answer: object
}

/** Carries what a change would come to out of the transaction in which it was tried. */
class Tried extends Error {
  readonly done: Done
  constructor(done: Done) {
    super("a change was tried, and is undone")
    this.done = done
  }
}

/** Makes a change; its versions tell the message that the run answers. */
async function make(tx: Db, operation: RunOperation, { sessionId, askedIndex }: Asked): Promise<Done> {
  const item = itemOf(operation)
  const before = await findItemText(tx, item)
  const answer = await perform(tx, operation, { sessionId, messageIndex: askedIndex })
  const after = await findItemText(tx, item)
  return {
    answer,
    itemName: after?.name ?? before?.name ?? item.id,
    textBefore: before?.text ?? null,
    textAfter: after?.text ?? null,
    baseVersion: before?.version ?? null,
    version: after?.version ?? null,
  }
}

interface Asked {
  sessionId: string
  askedIndex: number
}

/** Makes what another change needs; where that cannot be made, neither can the other one. */
async function makeNeeded(tx: Db, { operation, itemType, itemName }: WaitingChangeRow, asked: Asked): Promise<Done> {
  const { path, input } = metadataOf(operation)
  try {
    return await make(tx, operationOf(path, input), asked)
  } catch (error) {
    if (!(error instanceof LibraryError)) throw error
    const words = `The ${itemType} ${itemName}, which this needs, cannot be made as it was proposed: ${error.message}`
    throw new LibraryError(error.reason, words)
  }
}

/** Says what a change would come to once what it needs and what waits, too, is made; and changes nothing. */
async function tryOut(db: Db, operation: RunOperation, asked: Asked): Promise<Done> {
  try {
    return await inTransaction(db, async (tx) => {
      const waiting = await readWaiting(tx, asked.sessionId)
      for (const needed of waiting.neededFor(operation)) await makeNeeded(tx, needed, asked)
      throw new Tried(await make(tx, operation, asked))
    })
  } catch (error) {
    if (!(error instanceof Tried)) throw error
    const { done } = error
    // Its reader goes on with what is stored.
    const answer = "version" in done.answer ? { ...done.answer, version: done.baseVersion ?? 1 } : done.answer
    return { ...done, answer, version: null }
  }
}

/** Locks a run that a worker is at, and before it its session, as whoever ends a run does. */
async function lockWorking(tx: Db, { sessionId, number, worker }: RunChangeMake) {
  await lockSessionRuns(tx, sessionId)
  const run = await lockRun(tx, { sessionId, number })
  if (!run) throw noRun()
  if (run.state !== "running" || run.worker !== worker) throw runEnded()
  return run
}

/** What is stored of a change that is to be made, beside what it came to. */
function rowOf(asked: RunChangeMake, operation: RunOperation, input: JsonObject) {
  const { sessionId, number, callId, path } = asked
  const { type: itemType, projectId, id: itemId } = itemOf(operation)
  return { sessionId, number, callId, operation: { path, input }, itemType, projectId, itemId }
}

/** A change of the library, and what its procedure answers, or would. */
export interface MadeChange {
  state: RunChangeState
  path: RunOperationPath
  answer: object
}

const looks = 5
const lookMilliseconds = 20

/** The item of a change as it is. On several machines a change may be there some moments before what it made. */
async function findChanged(db: Db, { state, version, ...item }: RunChangeRow) {
  for (let look = 1; ; look++) {
    const found = await findItem(db, item)
    const isThere = found && (state !== "applied" || version === null || found.version >= version)
    if (isThere || state !== "applied" || look === looks) return found
    await new Promise((resolve) => setTimeout(resolve, lookMilliseconds))
  }
}

/** What came of a change that was asked for already: with its item as it is, or as it would be made. */
async function findMade(db: Db, known: RunChangeRow, operation: RunOperation, run: Asked): Promise<MadeChange> {
  const { state, itemType, projectId, itemId: id } = known
  const { path } = operation
  const answer = (await findChanged(db, known)) ?? (isDeletion(path) ? { projectId, id } : undefined)
  if (answer) return { state, path, answer }
  if (state === "applied")
    throw new LibraryError(
      itemReasons[itemType].missing,
      `The ${itemType} that this change made is not there any more.`,
    )
  return { state, path, answer: (await tryOut(db, operation, run)).answer }
}

/**
 * Makes a change for a run, once for each of the model's calls: at once, or as a proposal where its session wants that or
 * where something is lost by it. What cannot be done is refused as its procedure refuses it.
 */
export async function makeRunChange(db: Db, asked: RunChangeMake): Promise<MadeChange> {
  const { path, input, sessionId, number } = asked
  const operation = operationOf(path, input)
  if (!isJsonObject(input)) throw badInput("input", "must be a JSON object")
  const row = rowOf(asked, operation, input)
  const run = await findRun(db, { sessionId, number })
  if (!run) throw noRun()
  const known = await findRunChange(db, asked)
  if (known) return findMade(db, known, operation, run)
  const { changeMode } = await readSession(db, sessionId)
  const tried = changeMode === "staged" || isDeletion(path) ? await tryOut(db, operation, run) : undefined
  const made = await inTransaction(db, async (tx): Promise<RunChangeRow | MadeChange> => {
    await lockWorking(tx, asked)
    // The same call may have been on its way twice.
    const meanwhile = await findRunChange(tx, asked)
    if (meanwhile) return meanwhile
    const { answer, ...done } = tried ?? (await make(tx, operation, run))
    const state = tried ? "staged" : "applied"
    await replaceRunChanges(tx, row)
    await insertRunChange(tx, { ...row, ...done, state })
    await countRunChange(tx, sessionId)
    return { state, path, answer }
  })
  return "answer" in made ? made : findMade(db, made, operation, run)
}

/** Refuses a change that was proposed of another version than the stored one: a person saw another difference. */
async function expectProposed(tx: Db, { itemType: type, projectId, itemId: id, baseVersion }: RunChangeRow) {
  const stored = baseVersion === null ? undefined : await findItemText(tx, { type, projectId, id })
  if (!stored || stored.version === baseVersion) return
  const words = `The ${type} is at version ${stored.version}; this was proposed for version ${baseVersion}.`
  throw new LibraryError(itemReasons[type].changed, words)
}

/** Makes what a change needs of what waits, in order; refuses where a person has not approved exactly that. */
async function approveNeeded(
  tx: Db,
  operation: RunOperation,
  { sessionId, needed: approved }: RunDecide,
): Promise<void> {
  const waiting = await readWaiting(tx, sessionId)
  const needed = waiting.neededFor(operation)
  const unseen = needed.filter(({ number, callId }) =>
    approved.every((each) => each.number !== number || each.callId !== callId),
  )
  if (unseen.length > 0) {
    const words = `This needs ${itemsInWords(unseen)}, which wait${unseen.length === 1 ? "s" : ""} for approval, too: approve before it, or with it, as proposed last.`
    throw new LibraryError("RUN_CHANGE_NEEDS", words)
  }
  for (const each of needed) {
    const run = await findRun(tx, each)
    if (!run) throw noRun()
    const { version } = await makeNeeded(tx, each, run)
    await decideRunChange(tx, each, { state: "applied", version })
  }
}

/** Makes a change that waits for a person, or lets it be: whoever decides first does. */
export const decideChange = (db: Db, decision: RunDecide): Promise<PresentRunChange> =>
  inTransaction(db, async (tx) => {
    const { sessionId, number, callId, approved } = decision
    const key: RunChangeKey = { sessionId, number, callId }
    // Session and runs first, as whoever makes a change does it.
    await lockSessionRuns(tx, sessionId)
    await countRunChange(tx, sessionId)
    const change = await lockRunChange(tx, key)
    const run = await findRun(tx, key)
    if (!change || !run) throw new LibraryError("RUN_CHANGE_NOT_FOUND", "The run has made no such change.")
    if (change.state !== "staged") {
      throw new LibraryError("RUN_CHANGE_DECIDED", `This change was ${change.state} already.`)
    }
    if (!approved) return presentRunChange(await decideRunChange(tx, key, { state: "rejected", version: null }))
    await expectProposed(tx, change)
    const { path, input } = metadataOf(change.operation)
    const operation = operationOf(path, input)
    await approveNeeded(tx, operation, decision)
    const { version } = await make(tx, operation, run)
    return presentRunChange(await decideRunChange(tx, key, { state: "applied", version }))
  })

/** Lists the last 200 changes of a session's runs, in the order in which they were made. */
export async function readRunChanges(db: Db, filter: RunChangeFilter): Promise<PresentRunChange[]> {
  const rows = await listRunChanges(db, filter)
  if (rows.length === 0) await readSession(db, filter.sessionId)
  if (!rows.some(({ state }) => state === "staged")) return rows.map((row) => presentRunChange(row))
  const waiting = await readWaiting(db, filter.sessionId)
  return rows.map((row) => {
    const { data } = RunOperation.safeParse(row.operation)
    const isWaiting = row.state === "staged" && data !== undefined
    return presentRunChange(row, isWaiting ? waiting.neededFor(data).map(presentNeed) : [])
  })
}
