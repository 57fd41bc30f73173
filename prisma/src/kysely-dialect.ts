import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from "kysely"

/** The dialect of PostgreSQL on what stands for a connection; transactions are begun by Prisma's client alone. */
export const createDialect = (connection: DatabaseConnection): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new OneConnectionDriver(connection),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
})

class OneConnectionDriver implements Driver {
  readonly #connection: DatabaseConnection

  constructor(connection: DatabaseConnection) {
    this.#connection = connection
  }
  async init() {}
  async acquireConnection() {
    return this.#connection
  }
  async releaseConnection() {}
  async destroy() {}

  beginTransaction(): Promise<void> {
    return refuse()
  }
  commitTransaction(): Promise<void> {
    return refuse()
  }
  rollbackTransaction(): Promise<void> {
    return refuse()
  }
}

const refuse = () =>
  Promise.reject(new Error("a transaction begins with inTransaction, which serves Prisma's client too"))
