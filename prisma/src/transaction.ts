import { sql } from "kysely"
import type { Db } from "./client.ts"
import { isBrokenReference, isConflict } from "./errors.ts"
import type { PrismaClient } from "./generated/client.ts"
import { kyselyOf } from "./kysely.ts"

const tries = 5
const longestPause = 40

const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * longestPause))

/** What another transaction may have caused: a deadlock, or a row that came or went after it was looked for. */
const mayPass = (error: unknown): boolean => isConflict(error) || isBrokenReference(error)

/** Whether this is the client itself and not that of a transaction, which cannot connect. */
export const isClient = (db: Db): db is PrismaClient => "$connect" in db

/**
 * Runs work in a transaction, up to five times where another one stood in its way; `passing` says what else is worth
 * another try. Rejects with the last error. Within a transaction, work is a part of that, which is tried again as a whole.
 */
export async function inTransaction<T>(
  db: Db,
  work: (tx: Db) => Promise<T>,
  passing: (error: unknown) => boolean = mayPass,
): Promise<T> {
  if (!isClient(db)) return work(db)
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.$transaction(work)
    } catch (error) {
      if (attempt >= tries || !(passing(error) || mayPass(error))) throw error
      await pause()
    }
  }
}

/**
 * Makes a distributed database do the statements of a transaction on one of its parts after the other: it refuses a write
 * to a table that is on each machine behind what it did on several at once. To come before what asks several; means
 * nothing to one machine.
 */
export async function partByPart(tx: Db): Promise<void> {
  await kyselyOf(tx)
    .selectNoFrom(sql<string>`set_config('citus.multi_shard_modify_mode', 'sequential', true)`.as("mode"))
    .execute()
}
