import pg from "pg"
import { distribute, tellingLikeness } from "../citus.ts"

/** Runs statements, one after the other, on a connection of their own. */
export async function run(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on("error", () => undefined)
  await client.connect()
  try {
    for (const sql of statements) await client.query(sql)
  } finally {
    await client.end()
  }
}

/** The URL of another database of the same server. */
export function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  return url.href
}

/** Makes a database of a coordinator, the first of the nodes, know the others, which have none of its name. */
export async function joinNodes(nodes: string[], database: string): Promise<void> {
  const [coordinator = "", ...workers] = nodes
  for (const worker of workers) {
    await run(worker, `CREATE DATABASE ${database} TEMPLATE template0`)
    await run(urlOf(worker, database), "CREATE EXTENSION citus")
  }
  const place = (node: string) => {
    const { hostname, port } = new URL(node)
    return `'${hostname}', ${port}`
  }
  await run(
    urlOf(coordinator, database),
    "CREATE EXTENSION citus",
    `SELECT citus_set_coordinator_host(${place(coordinator)})`,
    ...workers.map((worker) => `SELECT citus_add_node(${place(worker)})`),
  )
}

/** Spreads a migrated database of a coordinator, the first of the nodes, over the others. */
export async function spread(nodes: string[], database: string, directory: string): Promise<void> {
  await joinNodes(nodes, database)
  await distribute({ url: urlOf(nodes[0] ?? "", database), directory, dryRun: false, say: () => undefined })
}

const tries = 100

/**
 * Does something with a database that nobody may be connected to. What Citus does in the background holds a connection
 * to each database, and begins again within seconds: it is ended until it is done.
 */
async function alone(node: string, database: string, ...statements: string[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await run(
        node,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`,
        ...statements,
      )
      return
    } catch (error) {
      if (attempt >= tries || !(error instanceof pg.DatabaseError) || error.code !== "55006") throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

/**
 * Copies a database on each node; the copies know each other, as those that they are of do. Files are copied, which costs
 * less than half of writing each page to the log as well.
 */
export async function copy(nodes: string[], template: string, database: string): Promise<void> {
  const statement = `CREATE DATABASE ${database} TEMPLATE ${template} STRATEGY = FILE_COPY`
  for (const node of nodes) await alone(node, template, statement)
  // A copy has not what the template was told by ALTER DATABASE.
  if (nodes.length > 1) for (const node of nodes) await run(node, tellingLikeness(database))
}

/** Drops a database on each node, ending the connections that are left. */
export async function drop(nodes: string[], database: string): Promise<void> {
  for (const node of nodes) await alone(node, database, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
}
