import pg from "pg"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { Placement } from "./distribution.ts"
import { catalogProblems } from "./testing/catalog-rules.ts"
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from "./testing/test-database.ts"

const withClient = async <T>({ url }: TestDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

it("the tables can be distributed as stated", async () => {
  const database = await createTestDatabase()
  expect(await withClient(database, (client) => catalogProblems(client))).toEqual([])
  await database.close()
})

describe("tables that cannot be distributed are told", () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createEmptyDatabase()
  })
  afterAll(() => database.close())
  beforeEach(() =>
    withClient(database, (client) => client.query("DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public")),
  )

  const talk = { kind: "distributed", column: "talk", colocateWith: "sessions" } satisfies Placement
  const work = { kind: "distributed", column: "work", colocateWith: "clips" } satisfies Placement
  const known: Record<string, Placement> = {
    talks: talk,
    words: talk,
    works: work,
    shared: { kind: "reference" },
    own: { kind: "local" },
  }
  const usual = [
    "CREATE TABLE shared (id text PRIMARY KEY)",
    "CREATE TABLE own (id serial PRIMARY KEY, at timestamptz DEFAULT clock_timestamp())",
    "CREATE TABLE talks (talk uuid PRIMARY KEY, kind varchar(20) DEFAULT 'idle', at timestamptz(3) DEFAULT CURRENT_TIMESTAMP, n int DEFAULT 0, seen boolean DEFAULT false, tags text[] DEFAULT ARRAY[]::text[], metadata jsonb DEFAULT '{}')",
    "CREATE TABLE words (talk uuid REFERENCES talks ON DELETE CASCADE, place int, client uuid, PRIMARY KEY (talk, place), UNIQUE (client, talk))",
    "CREATE TABLE works (work text REFERENCES shared, id text, PRIMARY KEY (work, id))",
  ]

  const cases: [why: string, sql: string, problems: string[]][] = [
    ["nothing", "SELECT", []],
    ["a table of no place", "CREATE TABLE more (id int)", ["more has no place"]],
    ["a place of no table", "DROP TABLE words", ["words is no table"]],
    [
      "a trigger",
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER t AFTER DELETE ON talks FOR EACH ROW EXECUTE FUNCTION f()",
      ["talks has a trigger, t"],
    ],
    ["a serial", "ALTER TABLE words ADD n serial", ["words.n counts up for all machines"]],
    ["an identity", "ALTER TABLE words ADD n int GENERATED ALWAYS AS IDENTITY", ["words.n counts up for all machines"]],
    ["an enum", "CREATE TYPE mood AS ENUM ('up'); ALTER TABLE own ADD mood mood", ["own.mood is of an enum"]],
    ["enums", "CREATE TYPE mood AS ENUM ('up'); ALTER TABLE works ADD moods mood[]", ["works.moods is of an enum"]],
    [
      "a default of each machine's own",
      "ALTER TABLE works ADD at timestamptz DEFAULT clock_timestamp(), ADD own uuid DEFAULT gen_random_uuid()",
      ["works.at is by default clock_timestamp()", "works.own is by default gen_random_uuid()"],
    ],
    ["a unique column", "ALTER TABLE words ADD CONSTRAINT u UNIQUE (client)", ["u is unique without talk"]],
    ["a unique expression", "CREATE UNIQUE INDEX e ON words ((talk::text))", ["e is unique without talk"]],
    ["a column only included", "CREATE UNIQUE INDEX i ON words (client) INCLUDE (talk)", ["i is unique without talk"]],
    [
      "a cascade on update",
      "ALTER TABLE words ADD CONSTRAINT f FOREIGN KEY (talk) REFERENCES talks ON UPDATE CASCADE",
      ["f does something on update"],
    ],
    [
      "a reference to another family",
      "CREATE UNIQUE INDEX u ON works (id, work); ALTER TABLE words ADD w text, ADD i text, ADD CONSTRAINT f FOREIGN KEY (w, i) REFERENCES works",
      ["f leads to another family"],
    ],
    [
      "a reference without the column",
      "ALTER TABLE words ADD other uuid, ADD CONSTRAINT f FOREIGN KEY (other) REFERENCES talks",
      ["f leaves out talk"],
    ],
    [
      "a reference that is emptied",
      "ALTER TABLE works ADD s text, ADD CONSTRAINT f FOREIGN KEY (s) REFERENCES shared ON DELETE SET NULL",
      ["f changes rows on delete"],
    ],
    [
      "references to and from what is not distributed",
      "ALTER TABLE works ADD o int, ADD CONSTRAINT f FOREIGN KEY (o) REFERENCES own; ALTER TABLE shared ADD t uuid, ADD CONSTRAINT g FOREIGN KEY (t) REFERENCES talks",
      ["f leads to own, which is not distributed", "g leads to talks, which is distributed"],
    ],
  ]

  it.each(cases)("%s", async (_, sql, problems) => {
    const found = await withClient(database, async (client) => {
      for (const statement of [...usual, sql]) await client.query(statement)
      return catalogProblems(client, known)
    })
    expect(found).toEqual(problems)
  })
})
