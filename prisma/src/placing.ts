import type pg from "pg"
import { type Placement, placements } from "./distribution.ts"

/** The statement by which Citus puts a table where its rows are to lie; none for one that stays. */
export function placingOf(name: string, placement: Placement): string | undefined {
  if (placement.kind === "local") return undefined
  if (placement.kind === "reference") return `SELECT create_reference_table('${name}')`
  const { column, colocateWith } = placement
  const beside = name === colocateWith ? "none" : colocateWith
  return `SELECT create_distributed_table('${name}', '${column}', colocate_with => '${beside}')`
}

/** Comments, texts and names, in which a semicolon ends nothing, or a semicolon. */
const piece = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|;/g

/** The statements of a migration, one by one, without the comments before them. */
export function statementsOf(sql: string): string[] {
  const ends = [...sql.matchAll(piece)].flatMap(({ 0: text, index }) => (text === ";" ? [index] : []))
  const statements = [...ends, sql.length].map((end, place) => sql.slice((ends[place - 1] ?? -1) + 1, end))
  return statements.map((text) => text.replace(/^(?:\s|--[^\n]*(?:\n|$))+/, "").trim()).filter((text) => text !== "")
}

const constraining = /^(ALTER TABLE "\w+")\s+(ADD CONSTRAINT [\s\S]*)$/

/** Citus adds one constraint at a time. */
function oneConstraintEach(statement: string): string[] {
  const [, table, constraints] = constraining.exec(statement) ?? []
  if (!table || !constraints) return [statement]
  return constraints.split(/,\s+(?=ADD CONSTRAINT )/).map((constraint) => `${table} ${constraint}`)
}

const isKnown = (name: string): name is keyof typeof placements => Object.hasOwn(placements, name)

/** The statement that puts a table in its place as soon as it is made; none where it is not to be, or cannot be yet. */
function placingBehind(statement: string, distributed: ReadonlySet<string>): string | undefined {
  const [, name] = /^CREATE TABLE "(\w+)"/.exec(statement) ?? []
  if (!name || !isKnown(name)) return undefined
  const placement: Placement = placements[name]
  const isAlone = placement.kind !== "distributed" || placement.colocateWith === name
  return isAlone || distributed.has(placement.colocateWith) ? placingOf(name, placement) : undefined
}

/**
 * The statements of a migration for a database of which these tables are distributed, to be sent one by one, as Citus
 * hands a worker all of what it was sent at once. A table that it makes is put where its rows are to lie before it refers
 * to one that lies so, which a table of one machine cannot.
 */
export function spreadStatements(sql: string, distributed: ReadonlySet<string>): string[] {
  return statementsOf(sql).flatMap((statement) => {
    const placing = placingBehind(statement, distributed)
    return [...oneConstraintEach(statement), ...(placing === undefined ? [] : [placing])]
  })
}

/** The tables of a database that are distributed; none where it is no coordinator's. */
export async function findDistributed(client: pg.Client): Promise<ReadonlySet<string>> {
  const catalog = await client.query("SELECT WHERE to_regclass('pg_dist_partition') IS NOT NULL")
  if (catalog.rows.length === 0) return new Set()
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_dist_partition JOIN pg_class ON oid = logicalrelid WHERE partmethod = 'h'",
  )
  return new Set(rows.map(({ name }) => name))
}
