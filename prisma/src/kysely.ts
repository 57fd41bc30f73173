import { Kysely } from "kysely"
import type { Db } from "./client.ts"
import type { Tables } from "./generated/tables.ts"
import { PoolConnection, type PoolStatements, PrismaConnection } from "./kysely-connections.ts"
import { createDialect } from "./kysely-dialect.ts"

const builders = new WeakMap<Db, Kysely<Tables>>()

/**
 * The builder of typed SQL on a client's connections: on the pool, or in the transaction whose client it is. Tables and
 * columns bear the database's names; what a row leaves under another one is said with `as`.
 */
export function kyselyOf(db: Db): Kysely<Tables> {
  const known = builders.get(db)
  if (known) return known
  const builder = new Kysely<Tables>({ dialect: createDialect(new PrismaConnection(db)) })
  builders.set(db, builder)
  return builder
}

/** Makes `kyselyOf` send what is outside a client's transactions to its pool, past Prisma. */
export function setPoolOf(db: Db, statements: PoolStatements): void {
  builders.set(db, new Kysely<Tables>({ dialect: createDialect(new PoolConnection(statements)) }))
}
