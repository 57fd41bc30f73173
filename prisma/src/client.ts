import { PrismaPg } from "@prisma/adapter-pg"
import pg from "pg"
import { type Prisma, PrismaClient } from "./generated/client.ts"
import { setPoolOf } from "./kysely.ts"
import type { Echo, PoolStatements } from "./kysely-connections.ts"
import { type Log, silent } from "./log.ts"
import { listenToStatements, type StatementListener } from "./statement-listener.ts"
import { createStatementNames } from "./statement-names.ts"

/** What a query takes first: the client, or the client of a transaction. */
export type Db = Prisma.TransactionClient

export interface PoolOptions {
  /** Connections kept open while idle. */
  size: number
  /** Further connections opened under load and shed 10 seconds after they were last used. */
  maxOverflow: number
  /** Seconds after which a connection is replaced. */
  recycleSeconds: number
  /** Seconds after which PostgreSQL cancels a statement, 1 or more. */
  commandTimeoutSeconds: number
  /** Whether every statement is logged with its parameters. */
  echo: boolean
}

export interface DatabaseOptions {
  /** With `pgbouncer=true` among its parameters, what is sent may go on another connection after each transaction. */
  url: string
  pool: PoolOptions
  /** Whether the disk of the database has room for more, where that can be known. */
  hasRoom?: (() => boolean) | undefined
  log?: Log
  /** Hears how many seconds a connection worked: for a statement, or for a transaction as a whole. */
  onWork?: ((seconds: number) => void) | undefined
  /** Hears of every statement, where it was asked for. */
  onStatement?: StatementListener | undefined
}

export interface Connections {
  open: number
  /** Of these, those without work. */
  idle: number
  /** Callers that wait for one. */
  waiting: number
}

export interface Database {
  db: PrismaClient
  /** What the pool holds at this moment. */
  connections(): Connections
  /** False where the disk is so full that nothing is to be written. */
  hasRoom(): boolean
  /** Rejects when the database does not answer within 10 seconds. */
  ping(): Promise<void>
  /**
   * Lets running queries finish, for so many milliseconds or else the command timeout and 5 seconds, then closes every
   * connection, one that still works by breaking it.
   */
  close(milliseconds?: number): Promise<void>
}

const second = 1000
const connectSeconds = 10
/** How much longer than PostgreSQL's own limit this side waits for an answer: only a frozen server takes that long. */
const graceSeconds = 5
const probe = { text: "SELECT 1", query_timeout: connectSeconds * second }

/** Returns a database whose connections open with the first query; errors of idle connections are logged, not thrown. */
export function createDatabase({
  url,
  pool: options,
  hasRoom,
  log = silent,
  onWork,
  onStatement,
}: DatabaseOptions): Database {
  const pool = createPool(url, options)
  const clients = new Set<pg.PoolClient>()
  pool.on("connect", (client) => void clients.add(client))
  pool.on("remove", (client) => void clients.delete(client))
  pool.on("error", (error) => log.warn(`an idle database connection broke: ${error.message}`))
  if (onWork) timeWork(pool, onWork)
  if (onStatement) listenToStatements(pool, onStatement)
  const nameOf = isPooled(url) ? unnamed : createStatementNames()
  const db = createClient(pool, nameOf, { ...options, log })
  let closing: Promise<void> | undefined
  return {
    db,
    connections: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    hasRoom: hasRoom ?? (() => true),
    async ping() {
      await pool.query(probe)
    },
    close(milliseconds = (options.commandTimeoutSeconds + graceSeconds) * second) {
      closing ??= (async () => {
        if (await drained(pool, milliseconds)) {
          await db.$disconnect()
          return pool.end()
        }
        // The pool ends with the last connection: whoever works on one, or holds one without a word, loses it.
        const ended = pool.end()
        const broken = [...clients].map((client) => (client instanceof pg.Client ? client.end() : undefined))
        await Promise.race([ended, Promise.allSettled(broken), new Promise((resolve) => setTimeout(resolve, second))])
      })()
      return closing
    },
  }
}

function createPool(url: string, options: PoolOptions): pg.Pool {
  const commandTimeout = options.commandTimeoutSeconds * second
  return new pg.Pool({
    ...(isPooled(url) ? behindPooler(url) : { connectionString: withUtc(url), statement_timeout: commandTimeout }),
    application_name: "strudel-agent",
    min: options.size,
    max: options.size + options.maxOverflow,
    idleTimeoutMillis: 10 * second,
    maxLifetimeSeconds: options.recycleSeconds,
    connectionTimeoutMillis: connectSeconds * second,
    query_timeout: commandTimeout + graceSeconds * second,
    keepAlive: true,
    keepAliveInitialDelayMillis: 30 * second,
  })
}

/** Whether a URL says, as Prisma has it, that a pooler lends connections for a transaction each. */
const isPooled = (url: string): boolean => new URL(url).searchParams.get("pgbouncer") === "true"

/**
 * A pooler knows few settings of a connection, of which it refuses the others: the time zone it keeps for its client,
 * whichever connection the client gets, once a statement has set it.
 */
const behindPooler = (url: string): pg.PoolConfig => ({
  connectionString: url,
  onConnect: (client) => client.query("SET TimeZone = 'UTC'").then(() => undefined),
})

function timeWork(pool: pg.Pool, onWork: (seconds: number) => void): void {
  const begun = new WeakMap<pg.PoolClient, number>()
  pool.on("acquire", (client) => void begun.set(client, performance.now()))
  pool.on("release", (_error, client) => {
    const begin = begun.get(client)
    if (begin !== undefined) onWork((performance.now() - begin) / second)
  })
}

/** The adapter drops the offset of a timestamptz and takes the rest for UTC, so every session has to speak UTC. */
function withUtc(url: string): string {
  const target = new URL(url)
  const own = target.searchParams.get("options")
  target.searchParams.set("options", own ? `${own} -c TimeZone=UTC` : "-c TimeZone=UTC")
  return target.href
}

/** The connection that has a statement by its name may be another client's the next time. */
const unnamed = () => ""

function createClient(
  pool: pg.Pool,
  nameOf: PoolStatements["nameOf"],
  { log, ...options }: PoolOptions & { log: Log },
): PrismaClient {
  const settings = {
    adapter: new PrismaPg(pool, { statementNameGenerator: nameOf }),
    transactionOptions: { maxWait: connectSeconds * second, timeout: options.commandTimeoutSeconds * second },
  } satisfies Prisma.PrismaClientOptions
  const echo: Echo = (sql, parameters, milliseconds) => log.info(`${sql} ${parameters} (${milliseconds} ms)`)
  const db = options.echo ? echoing(settings, echo) : new PrismaClient(settings)
  setPoolOf(db, { pool, nameOf, echo: options.echo ? echo : undefined })
  return db
}

function echoing(settings: Prisma.PrismaClientOptions, echo: Echo): PrismaClient {
  const client = new PrismaClient({ ...settings, log: [{ emit: "event", level: "query" }] })
  client.$on("query", ({ query, params, duration }) => echo(query, params, duration))
  return client
}

/** The pool forgets queries that still wait for a connection when it ends, so wait until none does. */
async function drained(pool: pg.Pool, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds
  const isBusy = () => pool.waitingCount > 0 || pool.idleCount < pool.totalCount
  while (isBusy() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20))
  return !isBusy()
}
