import { createHash, randomUUID } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import pg from "pg"
import { type Log, silent } from "./log.ts"
import { findDistributed, spreadStatements } from "./placing.ts"

export interface MigrateOptions {
  url: string
  /** The folder whose subfolders each hold a migration.sql. */
  directory: string
  log?: Log
}

interface Migration {
  name: string
  sql: string
  checksum: string
}

interface MigrationRecord {
  migration_name: string
  checksum: string
  finished_at: Date | null
  logs: string | null
}

/** The lock that `prisma migrate` takes, so that neither runs beside the other. */
const advisoryLock = 72707369
const lockMinutes = 10
const oldestServer = 150000

const createRecords = `
  CREATE TABLE _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`

/**
 * Creates the database if it is missing, applies the pending migrations in the order of their names, each in one
 * transaction with the record that `prisma migrate deploy` would write, and returns the names of those applied.
 * Rejects when an earlier migration failed halfway, when the database holds tables of something else, when another
 * process migrates for over 10 minutes, and when a migration fails (which leaves no trace of it).
 */
export async function migrate({ url, directory, log = silent }: MigrateOptions): Promise<string[]> {
  const migrations = await readMigrations(directory)
  await ensureDatabase(url, log)
  const client = await connect(url)
  const applied: string[] = []
  try {
    for (;;) {
      const name = await alone(client, log, async () => {
        const records = await readRecords(client)
        const [next] = pendingOf(migrations, records, applied.length === 0 ? log : silent)
        if (next) await apply(client, next, log)
        return next?.name
      })
      if (name === undefined) return applied
      applied.push(name)
    }
  } finally {
    await client.end()
  }
}

/**
 * Creates the database that the URL names unless it exists. Rejects a PostgreSQL older than 15.
 * The role needs CREATEDB and access to the database `postgres` only if there is something to create.
 */
export async function ensureDatabase(url: string, log: Log = silent): Promise<void> {
  try {
    await checkVersion(url)
    return
  } catch (error) {
    if (codeOf(error) !== "3D000") throw error
  }
  const admin = new URL(url)
  admin.pathname = "/postgres"
  await checkVersion(admin.href)
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  const client = await connect(admin.href)
  try {
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} ENCODING 'UTF8' TEMPLATE template0`)
    log.info(`created the database ${name}`)
  } catch (error) {
    // A second process creating it at the same moment meets the name check or, later, the unique index.
    if (codeOf(error) !== "42P04" && codeOf(error) !== "23505") throw error
  } finally {
    await client.end()
  }
}

async function checkVersion(url: string): Promise<void> {
  const client = await connect(url)
  try {
    const { rows } = await client.query<{ number: number; text: string }>(
      "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS text",
    )
    const version = rows[0]
    if (version && version.number < oldestServer) {
      throw new Error(`PostgreSQL 15 or later is needed, but the server at ${new URL(url).host} is ${version.text}`)
    }
  } finally {
    await client.end()
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "strudel-agent migrate",
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  // A connection that breaks rejects the query that runs on it; without a listener it would end the process as well.
  client.on("error", () => undefined)
  await client.connect()
  return client
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(directory, name, "migration.sql"), "utf8")
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") }
    }),
  )
}

/**
 * Does work in a transaction that no other process which migrates has beside it: the lock ends with the transaction, as
 * behind a pooler the next one may be another connection's. Asks again and again instead of waiting in PostgreSQL, where
 * a waiting statement holds a snapshot.
 */
async function alone<T>(client: pg.Client, log: Log, work: () => Promise<T>): Promise<T> {
  const end = Date.now() + lockMinutes * 60_000
  for (let attempt = 0; ; attempt++) {
    await client.query("BEGIN")
    try {
      const sql = "SELECT pg_try_advisory_xact_lock($1) AS taken"
      const { rows } = await client.query<{ taken: boolean }>(sql, [advisoryLock])
      if (rows[0]?.taken) {
        const done = await work()
        await client.query("COMMIT")
        return done
      }
    } catch (error) {
      await client.query("ROLLBACK").catch(() => undefined)
      throw error
    }
    await client.query("ROLLBACK")
    if (attempt === 0) log.info("another process is migrating the database, waiting for it")
    if (Date.now() > end) {
      throw new Error(`another process has been migrating this database for ${lockMinutes} minutes`)
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function readRecords(client: pg.Client): Promise<MigrationRecord[]> {
  const { rows: tables } = await client.query<{ name: string }>(`
    SELECT relname AS name FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')`)
  if (!tables.some(({ name }) => name === "_prisma_migrations")) {
    if (tables.length > 0) {
      throw new Error(
        `the database already holds tables of something else (${tables[0]?.name}, …): name an empty database, ` +
          "or record the migrations it matches with `prisma migrate resolve --applied`",
      )
    }
    await client.query(createRecords)
  }
  const { rows } = await client.query<MigrationRecord>(
    "SELECT migration_name, checksum, finished_at, logs FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  )
  return rows
}

function pendingOf(migrations: Migration[], records: MigrationRecord[], log: Log): Migration[] {
  const failed = records.find((record) => record.finished_at === null)
  if (failed) {
    throw new Error(
      `the migration ${failed.migration_name} failed earlier and may be applied in part: repair the database, then ` +
        `run \`prisma migrate resolve --applied ${failed.migration_name}\` (or --rolled-back, to apply it again)` +
        (failed.logs ? `\n${failed.logs}` : ""),
    )
  }
  const recorded = new Map(records.map((record) => [record.migration_name, record]))
  const known = new Set(migrations.map(({ name }) => name))
  for (const name of recorded.keys()) {
    if (!known.has(name)) log.warn(`the database has the migration ${name}, which this version does not know`)
  }
  return migrations.filter(({ name, checksum }) => {
    const record = recorded.get(name)
    if (record && record.checksum !== checksum) log.warn(`the migration ${name} was edited after it was applied`)
    return record === undefined
  })
}

async function run(client: pg.Client, sql: string): Promise<void> {
  const distributed = await findDistributed(client)
  if (distributed.size === 0) {
    await client.query(sql)
    return
  }
  // What is done on several parts at once may not be followed by what concerns tables that are on each machine.
  await client.query("SET LOCAL citus.multi_shard_modify_mode TO 'sequential'")
  for (const statement of spreadStatements(sql, distributed)) await client.query(statement)
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration, log: Log): Promise<void> {
  log.info(`applying migration ${name}`)
  try {
    // What is set for the statements of a server is no limit for this one.
    await client.query("SET LOCAL statement_timeout TO 0")
    await run(client, sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`the migration ${name} failed and was undone: ${reason}`, { cause: error })
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined
}
