import { PrismaPg } from "@prisma/adapter-pg"
import pg from "pg"
import { PrismaClient } from "../generated/client.ts"

interface PlanNode {
  "Node Type": string
  "Relation Name"?: string
  "Index Name"?: string
  Plans?: PlanNode[]
}

const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)]

/** Runs queries and asks PostgreSQL how it does each statement of theirs. */
export function createPlanReader(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 2, options: "-c TimeZone=UTC" })
  const db = new PrismaClient({ adapter: new PrismaPg(pool), log: [{ emit: "event", level: "query" }] })
  const statements: { sql: string; values: unknown[] }[] = []
  db.$on("query", ({ query, params }) => {
    const values: unknown = JSON.parse(params)
    statements.push({ sql: query, values: Array.isArray(values) ? values : [] })
  })
  return {
    db,
    /** The nodes of the plans of all statements that a query sends, as "Node Type relation index". */
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
