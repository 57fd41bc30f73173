import { sql } from "kysely"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createDatabase, type Database, type Db } from "./client.ts"
import {
  isAway,
  isBrokenReference,
  isConflict,
  isDuplicate,
  isMissing,
  isOutOfMemory,
  isReadOnly,
  isStorageFailed,
  isStorageFull,
  isTimeout,
} from "./errors.ts"
import { kyselyOf } from "./kysely.ts"
import { createTestDatabase } from "./testing/test-database.ts"

const pool = { size: 2, maxOverflow: 0, recycleSeconds: 3600, commandTimeoutSeconds: 20, echo: false }
const kinds = {
  ...{ isAway, isBrokenReference, isConflict, isDuplicate, isMissing, isTimeout },
  ...{ isOutOfMemory, isReadOnly, isStorageFailed, isStorageFull },
}

let url: string
let database: Database
let dropDatabase: () => Promise<void>
beforeAll(async () => {
  const made = await createTestDatabase()
  url = made.url
  database = createDatabase({ url, pool })
  dropDatabase = made.close
  await database.db.project.create({ data: { id: "house", name: "House" } })
})
afterAll(async () => {
  await database.close()
  await dropDatabase()
})

/** The names of the kinds that an error is of. */
async function kindsOf(query: Promise<unknown>): Promise<string[]> {
  const error: unknown = await query.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(Error)
  // pg hangs the connection, with its password, on what befalls an idle one; errors of statements are logged whole.
  expect(error).not.toHaveProperty("client")
  return Object.entries(kinds).flatMap(([name, is]) => (is(error) ? [name] : []))
}

/** The kinds of what typed SQL fails with on the pool, and in a transaction. */
const kindsBothWays = async (query: (db: Db) => Promise<unknown>, { db } = database) => [
  await kindsOf(query(db)),
  await kindsOf(db.$transaction(query)),
]

const both = (kind: string) => [[kind], [kind]]

describe("an error of the database is of exactly one kind", () => {
  it("a key that is there already", async () => {
    expect(await kindsOf(database.db.project.create({ data: { id: "house", name: "x" } }))).toEqual(["isDuplicate"])
    expect(await kindsOf(database.db.$executeRaw`INSERT INTO projects (id, name) VALUES ('house', 'x')`)).toEqual([
      "isDuplicate",
    ])
    const insert = (db: Db) => kyselyOf(db).insertInto("projects").values({ id: "house", name: "x" }).execute()
    expect(await kindsBothWays(insert)).toEqual(both("isDuplicate"))
  })

  it("a reference to nothing", async () => {
    const clip = { projectId: "nowhere", id: "kick", name: "Kick", code: "" }
    expect(await kindsOf(database.db.clip.create({ data: clip }))).toEqual(["isBrokenReference"])
    expect(
      await kindsOf(
        database.db.$executeRaw`INSERT INTO songs (project_id, id, name) VALUES ('nowhere', 'sunset', 'Sunset')`,
      ),
    ).toEqual(["isBrokenReference"])
    const song = { project_id: "nowhere", id: "sunset", name: "Sunset" }
    const insert = (db: Db) => kyselyOf(db).insertInto("songs").values(song).execute()
    expect(await kindsBothWays(insert)).toEqual(both("isBrokenReference"))
  })

  it("a row that is not there", async () => {
    expect(await kindsOf(database.db.project.update({ where: { id: "nowhere" }, data: { name: "x" } }))).toEqual([
      "isMissing",
    ])
  })

  it("transactions that wait for each other", async () => {
    const { db } = database
    await kyselyOf(db)
      .insertInto("projects")
      .values([
        { id: "a", name: "A" },
        { id: "b", name: "B" },
      ])
      .execute()
    let holding = 0
    const rename = (tx: Db, id: string) =>
      kyselyOf(tx).updateTable("projects").set({ name: "x" }).where("id", "=", id).execute()
    const renameBoth = (first: string, then: string) =>
      db.$transaction(async (tx) => {
        await rename(tx, first)
        holding++
        await expect.poll(() => holding).toBe(2)
        await rename(tx, then)
      })
    const results = await Promise.allSettled([renameBoth("a", "b"), renameBoth("b", "a")])
    const failed = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []))
    expect(failed).toHaveLength(1)
    expect(await kindsOf(Promise.reject(failed[0]))).toEqual(["isConflict"])
  })

  it("a statement and a transaction that take too long", async () => {
    const slowStatement = database.db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = 50`
      await tx.$queryRaw`SELECT 1 AS one FROM pg_sleep(5)`
    })
    expect(await kindsOf(slowStatement)).toEqual(["isTimeout"])
    const slowTransaction = database.db.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT 1 AS one FROM pg_sleep(0.3)`
        await tx.$queryRaw`SELECT 1 AS one`
      },
      { timeout: 100 },
    )
    expect(await kindsOf(slowTransaction)).toEqual(["isTimeout"])
    const impatient = createDatabase({ url, pool: { ...pool, commandTimeoutSeconds: 1 } })
    const sleep = (db: Db) => sql`SELECT 1 FROM pg_sleep(5)`.execute(kyselyOf(db))
    expect(await kindsBothWays(sleep, impatient)).toEqual(both("isTimeout"))
    await impatient.close()
  })

  it("a connection that is ended, and a server that is not there", async () => {
    expect(await kindsOf(database.db.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())::text AS gone`)).toEqual([
      "isAway",
    ])
    const away = createDatabase({ url: "postgresql://nobody@127.0.0.1:1/nothing", pool })
    expect(await kindsOf(away.db.project.findMany())).toEqual(["isAway"])
    expect(await kindsOf(away.db.$queryRaw`SELECT 1 AS one`)).toEqual(["isAway"])
    expect(await kindsOf(away.db.$transaction((tx) => tx.project.findMany()))).toEqual(["isAway"])
    const end = (db: Db) => sql`SELECT pg_terminate_backend(pg_backend_pid())::text`.execute(kyselyOf(db))
    expect(await kindsBothWays(end)).toEqual(both("isAway"))
    const list = (db: Db) => kyselyOf(db).selectFrom("projects").select("id").execute()
    expect(await kindsBothWays(list, away)).toEqual(both("isAway"))
    await away.close()
    expect(await kindsBothWays(list, away)).toEqual(both("isAway"))
  })

  const noSpace = 'could not extend file "base/5/1": No space left on device'
  it.each([
    ["isStorageFull", "53100", noSpace],
    ["isStorageFull", "XX000", 'could not write to file "pg_wal/x": Disk quota exceeded'],
    ["isStorageFull", "58030", noSpace],
    ["isStorageFailed", "58030", 'could not read blocks 1..2 in file "base/5/1": Input/output error'],
    ["isStorageFailed", "42501", 'could not open file "base/5/1": Read-only file system'],
    ["isOutOfMemory", "53200", "out of memory"],
    ["isOutOfMemory", "53000", "insufficient resources"],
    ["isReadOnly", "25006", "cannot execute INSERT in a read-only transaction"],
    // What Citus passes on of a worker's error.
    [
      "isDuplicate",
      "XX000",
      'duplicate key value violates unique constraint "messages_session_id_client_id_key_102008"',
    ],
    [
      "isBrokenReference",
      "XX000",
      'insert or update on table "clips_102014" violates foreign key constraint "clips_fkey"',
    ],
    [
      "isBrokenReference",
      "XX000",
      'update or delete on table "clips_102014" violates foreign key constraint "songs_fkey"',
    ],
    ["isConflict", "XX000", "deadlock detected"],
    ["isConflict", "XX000", "could not serialize access due to concurrent update"],
    ["isConflict", "40P01", "canceling the transaction since it was involved in a distributed deadlock"],
    ["isTimeout", "XX000", "canceling statement due to statement timeout"],
    ["isAway", "08006", "connection to the remote node worker:5432 failed with the following error: …"],
  ])("what is told by a code or by words: %s by %s", async (kind, code, message) => {
    const { db } = database
    const raise = `RAISE EXCEPTION USING ERRCODE = '${code}', MESSAGE = '${message}'`
    expect(await kindsOf(db.$executeRawUnsafe(`DO $$ BEGIN ${raise}; END $$`))).toEqual([kind])
    const typed = (db: Db) => sql`DO $$ BEGIN ${sql.raw(raise)}; END $$`.execute(kyselyOf(db))
    expect(await kindsBothWays(typed)).toEqual(both(kind))
    await db.$executeRawUnsafe(
      `CREATE OR REPLACE FUNCTION lack() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${raise}; END $$`,
    )
    const insert = () => db.project.create({ data: { id: "garage", name: "Garage" } })
    await db.$executeRaw`CREATE TRIGGER lacking BEFORE INSERT ON projects EXECUTE FUNCTION lack()`
    expect(await kindsOf(insert())).toEqual([kind])
    expect(await kindsOf(db.$transaction([insert()]))).toEqual([kind])
    await db.$executeRaw`DROP TRIGGER lacking ON projects`
    await db.$executeRaw`
      CREATE CONSTRAINT TRIGGER lacking AFTER INSERT ON projects
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lack()`
    // At the end of a transaction alone.
    expect(await kindsOf(insert())).toEqual([kind])
    expect(await kindsOf(db.$transaction((tx) => tx.project.create({ data: { id: "g", name: "G" } })))).toEqual([kind])
    await db.$executeRaw`DROP TRIGGER lacking ON projects`
  })

  it("a session that may only read", async () => {
    const written = database.db.$transaction(async (tx) => {
      await tx.$executeRaw`SET TRANSACTION READ ONLY`
      await tx.project.create({ data: { id: "garage", name: "Garage" } })
    })
    expect(await kindsOf(written)).toEqual(["isReadOnly"])
    const builtIn = database.db.$transaction(async (tx) => {
      await sql`SET TRANSACTION READ ONLY`.execute(kyselyOf(tx))
      await kyselyOf(tx).insertInto("projects").values({ id: "garage", name: "Garage" }).execute()
    })
    expect(await kindsOf(builtIn)).toEqual(["isReadOnly"])
  })

  it("what a caller sent is not taken for the database's words", async () => {
    const sent = `could not write to file "x": No space left on device`
    const duplicate = 'duplicate key value violates unique constraint "x"'
    expect(await kindsOf(database.db.$queryRawUnsafe("SELECT $1::int", duplicate))).toEqual([])
    expect(await kindsOf(Promise.reject(new Error(duplicate)))).toEqual([])
    expect(await kindsOf(database.db.$queryRawUnsafe("SELECT $1::int", sent))).toEqual([])
    expect(await kindsBothWays((db) => sql`SELECT ${sent}::int`.execute(kyselyOf(db)))).toEqual([[], []])
    expect(await kindsOf(Promise.reject(new Error(sent)))).toEqual([])
  })

  it("an error of our own is of none", async () => {
    expect(await kindsOf(Promise.reject(new Error("mistake")))).toEqual([])
    expect(await kindsOf(database.db.$queryRaw`SELECT nonsense`)).toEqual([])
  })
})
