import pg from "pg"
import { type Placement, placements } from "./distribution.ts"
import { likenessSetting, mistyped } from "./likeness.ts"
import { migrate } from "./migrate.ts"
import { placingOf } from "./placing.ts"

export interface ScaleOptions {
  /** The coordinator's database. */
  url: string
  /** The folder of the migrations. */
  directory: string
  /** Whether statements are only told, as one can hand them to psql. */
  dryRun: boolean
  say: (line: string) => void
}

interface Step {
  sql: string
  words: string
}

/** A table as the catalog of Citus has it. */
interface Known {
  name: string
  kind: Placement["kind"]
  column: string | null
}

interface Found {
  hasExtension: boolean
  known: Map<string, Known>
  /** Rows of each table on this node alone, as PostgreSQL guesses them: 0 only where there are none, 1 where it does not know. */
  rows: Map<string, number>
  functions: string[]
  /** Whether each node knows from when on names are alike. */
  knowsLikeness: boolean
}

/** Makes new connections to a node's database, a coordinator's too, take names for alike as searches do. */
const telling = `ALTER DATABASE %I SET ${likenessSetting} = ${mistyped}`

export const tellingLikeness = (database: string): string => telling.replace("%I", pg.escapeIdentifier(database))

const likenessQuery = `
  SELECT count(*) FROM pg_db_role_setting JOIN pg_database ON pg_database.oid = setdatabase
  WHERE datname = current_database() AND '${likenessSetting}=${mistyped}' = ANY (setconfig)`

/**
 * Spreads a database over the nodes of its Citus, as `placements` say; what is done already is left as it is. Applies
 * migrations that are pending. Rows that are there are copied to the workers, while writes to their table wait. Rejects
 * where the server has no Citus or no node for rows, and where a table is distributed in another way.
 */
export async function distribute({ url, directory, dryRun, say }: ScaleOptions): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "strudel-agent scale", keepAlive: true })
  client.on("error", () => undefined)
  await client.connect()
  const run = async ({ sql, words }: Step) => {
    say(dryRun ? `-- ${words}\n${sql};` : words)
    if (!dryRun) await client.query(sql)
  }
  try {
    const before = await find(client)
    if (!before.hasExtension) {
      await refuseWithoutCitus(client)
      await run({ sql: "CREATE EXTENSION citus", words: "adding the extension citus to the database" })
    }
    if (!dryRun) await refuseWithoutNodes(client)
    if (!dryRun) await migrate({ url, directory, log: { info: say, warn: say } })
    const steps = stepsFor(dryRun ? before : await find(client))
    for (const step of steps) await run(step)
    if (!dryRun) say(steps.length > 0 ? "the database is distributed" : "the database was distributed already")
  } finally {
    await client.end()
  }
}

async function refuseWithoutCitus(client: pg.Client): Promise<void> {
  const { rows } = await client.query("SELECT FROM pg_available_extensions WHERE name = 'citus'")
  if (rows.length > 0) return
  throw new Error(
    "the server that DATABASE_URL names has no Citus: install it on each node and start PostgreSQL with " +
      "shared_preload_libraries = 'citus'",
  )
}

async function refuseWithoutNodes(client: pg.Client): Promise<void> {
  const { rows } = await client.query("SELECT FROM pg_dist_node WHERE isactive AND shouldhaveshards")
  if (rows.length > 0) return
  throw new Error(
    "no node keeps rows yet: create the database and the extension citus on each worker, then run on the coordinator " +
      "SELECT citus_set_coordinator_host('coordinator', 5432) and SELECT citus_add_node('worker', 5432) for each of them",
  )
}

async function find(client: pg.Client): Promise<Found> {
  const query = async <Row extends pg.QueryResultRow>(sql: string) => (await client.query<Row>(sql)).rows
  const tables = await query<{ name: string; rows: number }>(`
    SELECT relname AS name, CASE WHEN pg_relation_size(oid) > 0 THEN greatest(reltuples, 1) ELSE 0 END::float8 AS rows FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'`)
  const functions = await query<{ name: string }>(`
    SELECT oid::regprocedure::text AS name FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'search\\_%' ORDER BY oid`)
  const extension = await query("SELECT FROM pg_extension WHERE extname = 'citus'")
  const found = {
    hasExtension: extension.length > 0,
    known: new Map<string, Known>(),
    rows: new Map(tables.map(({ name, rows }) => [name, rows])),
    functions: functions.map(({ name }) => name),
    knowsLikeness: false,
  }
  if (!found.hasExtension) return found
  const known = await query<Known>(`
    SELECT relname AS name, CASE WHEN partmethod = 'h' THEN 'distributed' WHEN repmodel = 't' THEN 'reference' ELSE 'local' END AS kind,
      CASE WHEN partmethod = 'h' THEN column_to_column_name(logicalrelid, partkey) END AS column
    FROM pg_dist_partition JOIN pg_class ON oid = logicalrelid`)
  const distributed = await query<{ name: string }>(`
    SELECT objid::regprocedure::text AS name FROM pg_catalog.pg_dist_object WHERE classid = 'pg_proc'::regclass`)
  const nodes = await query<{ knowsLikeness: boolean }>(`
    SELECT coalesce(bool_and(success AND result = '1'), false) AS "knowsLikeness"
    FROM run_command_on_all_nodes(${pg.escapeLiteral(likenessQuery)})`)
  const there = new Set(distributed.map(({ name }) => name))
  return {
    ...found,
    knowsLikeness: nodes.every(({ knowsLikeness }) => knowsLikeness),
    known: new Map(known.map((table) => [table.name, table])),
    functions: found.functions.filter((name) => !there.has(name)),
  }
}

/** Or what refers to a table that every node has is made known to Citus as one that stays, which its own parts cannot leave. */
const keepApart = {
  sql: "SET citus.enable_local_reference_table_foreign_keys TO off",
  words: "leaving tables as they are until it is their turn",
}

/** Citus refuses the copy of a table's rows by several connections where a foreign key leads to a table of every node. */
const oneByOne = {
  sql: "SET citus.multi_shard_modify_mode TO 'sequential'",
  words: "having each node take one statement at a time",
}

/** What is left to do, in the order in which tables refer to each other. */
function stepsFor({ known, rows, functions, knowsLikeness }: Found): Step[] {
  const likeness = {
    sql: `SELECT run_command_on_all_nodes(format(${pg.escapeLiteral(telling)}, current_database()))`,
    words: "telling each node from when on names are alike",
  }
  // What indexes compute with is made on the workers by Citus alone; statements use some of it elsewhere too.
  const spread = functions.map((name) => ({
    sql: `SELECT create_distributed_function('${name}')`,
    words: `giving the workers the function ${name}`,
  }))
  const placed = Object.entries(placements).flatMap(([name, placement]) => {
    const table = known.get(name)
    if (table === undefined || table.kind === "local") {
      return stepsOf(name, placement, rows.get(name) ?? 0)
    }
    const isAsWanted =
      table.kind === placement.kind && (placement.kind !== "distributed" || table.column === placement.column)
    if (isAsWanted) return []
    const how = table.column === null ? table.kind : `${table.kind} by ${table.column}`
    throw new Error(`the table ${name} is ${how} already, and should be ${inWords(placement)}`)
  })
  // Also what a run that was cut off left of rows that it had copied.
  const left = Object.entries(placements).filter(([name, { kind }]) => kind !== "local" && (rows.get(name) ?? 0) > 0)
  const steps = [...(knowsLikeness ? [] : [likeness]), ...spread, ...placed, ...left.map(([name]) => freeing(name))]
  return steps.length > 0 ? [keepApart, oneByOne, ...steps] : []
}

const inWords = (placement: Placement): string =>
  placement.kind === "distributed" ? `distributed by ${placement.column}` : placement.kind

function stepsOf(name: string, placement: Placement, rows: number): Step[] {
  const copied = rows > 0 ? `, copying ${rows > 1 ? `about ${rows.toLocaleString("en")}` : "its"} rows` : ""
  const sql = placingOf(name, placement)
  if (sql === undefined) return []
  if (placement.kind !== "distributed") return [{ sql, words: `putting ${name} on every node${copied}` }]
  const { column, colocateWith } = placement
  const beside = name === colocateWith ? "" : ` beside ${colocateWith}`
  return [{ sql, words: `distributing ${name} by ${column}${beside}${copied}` }]
}

/** Frees what the coordinator holds of rows that were copied to the workers: nothing reads them there. */
const freeing = (name: string): Step => ({
  sql: `SELECT truncate_local_data_after_distributing_table('${name}')`,
  words: `freeing what the coordinator held of ${name}`,
})
