import {
  type CompiledQuery,
  type DatabaseConnection,
  DeleteQueryNode,
  InsertQueryNode,
  MergeQueryNode,
  type QueryResult,
  type RootOperationNode,
  UpdateQueryNode,
} from "kysely"
import type pg from "pg"
import type { Db } from "./client.ts"
import { asColumnTypesRead, columnTypes } from "./column-values.ts"

/** Hears of a statement that ended well; its parameters come as JSON. */
export type Echo = (sql: string, parameters: string, milliseconds: number) => void

export interface PoolStatements {
  pool: pg.Pool
  /** The name under which a connection keeps a statement prepared, or "". */
  nameOf(statement: { sql: string }): string
  echo?: Echo | undefined
}

const isWrite = (node: RootOperationNode) =>
  InsertQueryNode.is(node) || UpdateQueryNode.is(node) || DeleteQueryNode.is(node) || MergeQueryNode.is(node)

/** Sends each statement to whichever connection of a pool is free. */
export class PoolConnection implements DatabaseConnection {
  readonly #statements: PoolStatements

  constructor(statements: PoolStatements) {
    this.#statements = statements
  }

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    const { pool, nameOf, echo } = this.#statements
    const begin = performance.now()
    const sent = { name: nameOf({ sql }), text: sql, values: [...parameters], types: columnTypes }
    const { rows, rowCount } = await pool.query<Row & pg.QueryResultRow>(sent)
    echo?.(sql, JSON.stringify(parameters), Math.round(performance.now() - begin))
    return isWrite(query) ? { rows, numAffectedRows: BigInt(rowCount ?? 0) } : { rows }
  }

  streamQuery(): never {
    return refuseStream()
  }
}

/** Sends statements through Prisma's client: those of a transaction have to go on its connection. */
export class PrismaConnection implements DatabaseConnection {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    if (isWrite(query) && !("returning" in query && query.returning)) {
      return { rows: [], numAffectedRows: BigInt(await this.#db.$executeRawUnsafe(sql, ...parameters)) }
    }
    const rows = await this.#db.$queryRawUnsafe<(Row & object)[]>(sql, ...parameters)
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) Reflect.set(row, column, asColumnTypesRead(value))
    }
    return isWrite(query) ? { rows, numAffectedRows: BigInt(rows.length) } : { rows }
  }

  streamQuery(): never {
    return refuseStream()
  }
}

const refuseStream = (): never => {
  throw new Error("statements are not streamed: ask for pages")
}
