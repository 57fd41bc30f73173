import { isDeepStrictEqual } from "node:util"
import type { BackupKind, BackupRecord, Restored } from "@strudel-agent/contract/backup"
import type { Db } from "@strudel-agent/database/client"
import { isDuplicate } from "@strudel-agent/database/errors"
import type { ReadRows } from "@strudel-agent/database/queries/backup/fitting"
import { inTransaction } from "@strudel-agent/database/transaction"
import type { z } from "zod"
import { badInput } from "../failure.ts"

export interface RecordPage {
  records: BackupRecord[]
  /** Where the next page begins; null after the last. */
  nextCursor: string | null
}

export interface PageOf {
  cursor: string | null | undefined
  limit: number
}

/** How records of a kind are read and stored. */
export interface Part<Record> {
  read(db: Db, page: PageOf): Promise<{ records: Record[]; nextCursor: string | null }>
  /** Stores records exactly once, all of the call or none; says what became of each, or would where it is a dry run. */
  restore(db: Db, records: Record[], dryRun: boolean): Promise<Restored[]>
}

export type Parts = { [Kind in BackupKind]: Part<BackupRecord<Kind>> }

/** The place that a cursor names; undefined at the beginning. */
export function placeOf<Place>(schema: z.ZodType<Place>, cursor: string | null | undefined): Place | undefined {
  if (cursor === null || cursor === undefined) return undefined
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()))
  } catch {
    throw badInput("cursor", "is not one that this list gave out")
  }
}

/** What names a place to whoever goes on from there. */
export const cursorOf = (place: object): string => Buffer.from(JSON.stringify(place)).toString("base64url")

/** A way to read records page by page, in the order of their keys. */
export const pagesOf =
  <Row, Record, Place extends object>({
    place,
    read,
    toRecord,
  }: {
    place: z.ZodType<Place>
    read: (db: Db, after: Place | undefined, limit: number) => Promise<ReadRows<Row>>
    toRecord: (row: Row) => Record
  }): Part<Record>["read"] =>
  async (db, { cursor, limit }) => {
    const { rows, more } = await read(db, placeOf(place, cursor), limit)
    const records = rows.map(toRecord)
    const last = records.at(-1)
    const nextCursor = more && last !== undefined ? cursorOf(place.parse(last)) : null
    return { records, nextCursor }
  }

interface Storing<Record> {
  /** The key of a record, as a text. */
  keyOf(record: Record): string
  /** What the library has of the keys of these. */
  listStored(tx: Db, records: Record[]): Promise<Record[]>
  /** What is compared of a record; all of it unless told. */
  saying?(record: Record): unknown
  /** Why a record that is not there has no place, by its key. In a dry run what it belongs to may be still to come. */
  refuse?(tx: Db, records: Record[], dryRun: boolean): Promise<Map<string, Restored>>
  insert(tx: Db, records: Record[]): Promise<unknown>
}

/** Judges the records of a call, and stores some: again as a whole where one came in between that was not there. */
export const judging = (db: Db, work: (tx: Db) => Promise<Restored[]>): Promise<Restored[]> =>
  inTransaction(db, work, isDuplicate)

const another: Restored = { outcome: "kept", why: "the library has another one, which stays" }

/** A way to store records of which each has its own place, wherever it stands in a call. */
export const storing =
  <Record>({
    keyOf,
    listStored,
    saying = (record) => record,
    refuse = async () => new Map(),
    insert,
  }: Storing<Record>): Part<Record>["restore"] =>
  (db, records, dryRun) =>
    judging(db, async (tx) => {
      const stored = new Map((await listStored(tx, records)).map((record) => [keyOf(record), record]))
      const missing = new Map<string, Record>()
      for (const record of records) {
        if (!stored.has(keyOf(record))) missing.set(keyOf(record), record)
      }
      const refused = missing.size > 0 ? await refuse(tx, [...missing.values()], dryRun) : new Map<string, Restored>()
      const added = [...missing].flatMap(([key, record]) => (refused.has(key) ? [] : [record]))
      if (!dryRun && added.length > 0) await insert(tx, added)
      return records.map((record): Restored => {
        const there = stored.get(keyOf(record))
        if (!there) return refused.get(keyOf(record)) ?? { outcome: "added" }
        return isDeepStrictEqual(saying(there), saying(record)) ? { outcome: "same" } : another
      })
    })

/** A key of several parts as one text. */
export const keyText = (...parts: (string | number)[]): string => JSON.stringify(parts)

/** The moment of a row as its record says it. */
export const iso = (moment: Date): string => moment.toISOString()

export const left = (why: string): Restored => ({ outcome: "left", why })
