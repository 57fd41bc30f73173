import { PrismaPg } from "@prisma/adapter-pg"
import pg from "pg"
import { afterAll, beforeAll } from "vitest"
import { PrismaClient } from "../generated/client.ts"
import { createTestDatabase } from "./test-database.ts"

interface PlanNode {
  "Node Type": string
  "Relation Name"?: string
  "Index Name"?: string
  Plans?: PlanNode[]
}

const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)]

/**
 * Gives a test file a database of many rows, made by SQL statements and says how PostgreSQL does each statement of a query there.
 */
export function createPlanReader(seed: string[]) {
  let filled: ReturnType<typeof connect> | undefined
  let drop: (() => Promise<void>) | undefined

  beforeAll(async () => {
    const { url, close } = await createTestDatabase()
    drop = close
    await fill(url, seed)
    filled = connect(url)
  }, 60_000)
  afterAll(async () => {
    await filled?.close()
    await drop?.()
  })

  const reader = () => {
    if (!filled) throw new Error("the database is filled before the first test, not sooner")
    return filled
  }
  return {
    get db() {
      return reader().db
    },
    /** The nodes of the plans of all statements that a query sends, as "Node Type relation index". */
    plansOf: (query: (db: PrismaClient) => Promise<unknown>) => reader().plansOf(query),
  }
}

/** Every index that no constraint needs, by the statement that makes it. */
const plainIndexes = `
  SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
  FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
  WHERE relnamespace = 'public'::regnamespace AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)`

/** Fills the tables and makes the indexes afterwards: adding to a trigram index row by row takes ten times as long. */
async function fill(url: string, seed: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url, options: "-c TimeZone=UTC" })
  await client.connect()
  try {
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(plainIndexes)
    for (const { name } of indexes) await client.query(`DROP INDEX ${name}`)
    for (const statement of seed) await client.query(statement)
    for (const { definition } of indexes) await client.query(definition)
    await client.query("ANALYZE")
  } finally {
    await client.end()
  }
}

function connect(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 2, options: "-c TimeZone=UTC" })
  // A connection that still closes is ended by the database that is dropped.
  pool.on("error", () => undefined)
  const db = new PrismaClient({ adapter: new PrismaPg(pool), log: [{ emit: "event", level: "query" }] })
  const statements: { sql: string; values: unknown[] }[] = []
  db.$on("query", ({ query, params }) => {
    const values: unknown = JSON.parse(params)
    statements.push({ sql: query, values: Array.isArray(values) ? values : [] })
  })
  return {
    db,
    async plansOf(query: (db: PrismaClient) => Promise<unknown>): Promise<string[]> {
      statements.length = 0
      await query(db)
      const nodes: string[] = []
      for (const { sql, values } of statements.filter(({ sql }) =>
        /^\s*(SELECT|UPDATE|DELETE|INSERT|WITH)/i.test(sql),
      )) {
        const { rows } = await pool.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
          `EXPLAIN (FORMAT JSON) ${sql}`,
          values,
        )
        const [plan] = rows[0]?.["QUERY PLAN"] ?? []
        for (const node of plan ? flatten(plan.Plan) : []) {
          nodes.push([node["Node Type"], node["Relation Name"], node["Index Name"]].filter(Boolean).join(" "))
        }
      }
      return nodes
    },
    async close() {
      await db.$disconnect()
      await pool.end()
    },
  }
}
