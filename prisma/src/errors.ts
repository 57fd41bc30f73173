import { Prisma } from "./generated/client.ts"

/** An error and every cause below it. */
function chainOf(error: unknown, depth = 0): object[] {
  if (typeof error !== "object" || error === null || depth > 8) return []
  const causes = ["cause", "meta", "driverAdapterError"].map((name): unknown => Reflect.get(error, name))
  return [error, ...causes.flatMap((cause) => chainOf(cause, depth + 1))]
}

/** Whether an error, or a cause of it, bears one of these codes: Prisma's, PostgreSQL's or the operating system's. */
const hasCode = (error: unknown, ...wanted: string[]): boolean =>
  chainOf(error).some((each) =>
    ["code", "originalCode", "kind"].some((name) => {
      const code: unknown = Reflect.get(each, name)
      return typeof code === "string" && wanted.includes(code)
    }),
  )

/** Whether PostgreSQL says this; the words of others may quote what a caller sent. */
const postgresSays = (error: unknown, wanted: RegExp): boolean =>
  chainOf(error).some(
    (each) => "severity" in each && "message" in each && typeof each.message === "string" && wanted.test(each.message),
  )

/** Whether an error says this without the code that stands for it: Citus loses the code of what a worker says of rows it is sent. */
const workerSays = (error: unknown, wanted: RegExp): boolean => hasCode(error, "XX000") && postgresSays(error, wanted)

/** Whether a write met a row with the same key. */
export const isDuplicate = (error: unknown): boolean =>
  hasCode(error, "P2002", "23505", "UniqueConstraintViolation") ||
  workerSays(error, /^duplicate key value violates unique constraint "/)

/** Whether a write names a row that is not there, or removes one that others name. */
export const isBrokenReference = (error: unknown): boolean =>
  hasCode(error, "P2003", "23503", "23001", "ForeignKeyConstraintViolation") ||
  workerSays(error, /^(?:insert or update|update or delete) on table ".+" violates foreign key constraint "/)

/** Whether a single-row write found no row. */
export const isMissing = (error: unknown): boolean => hasCode(error, "P2025")

/** Whether transactions stood in each other's way, so that one of them may be run again. */
export const isConflict = (error: unknown): boolean =>
  hasCode(error, "P2034", "40001", "40P01", "TransactionWriteConflict") ||
  workerSays(
    error,
    /^(?:deadlock detected$|could not serialize access |canceling the transaction since it was involved in a distributed deadlock$)/,
  )

/** Whether a statement or transaction took longer than its limit. */
export const isTimeout = (error: unknown): boolean =>
  hasCode(error, "57014", "P2028", "SocketTimeout") ||
  workerSays(error, /^canceling statement due to (?:statement|lock) timeout$/) ||
  (error instanceof Error && error.message.includes("Query read timeout"))

const awayCodes = [
  ...["P1000", "P1001", "P1002", "P1003", "P1008", "P1017", "P2024", "P2037"],
  ...["DatabaseNotReachable", "DatabaseDoesNotExist", "ConnectionClosed", "TooManyConnections", "AuthenticationFailed"],
  ...["3D000", "28P01", "57P01", "57P02", "57P03", "53300", "08000", "08001", "08003", "08004", "08006"],
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EHOSTUNREACH"],
]

const awayWords = /Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after calling end/

/** Whether the database could not be reached or went away. */
export const isAway = (error: unknown): boolean => {
  if (error instanceof Prisma.PrismaClientInitializationError) return true
  return hasCode(error, ...awayCodes) || (error instanceof Error && awayWords.test(error.message))
}

/** What the operating system says of a file, where PostgreSQL has no code for it. */
const fullWords = /^could not .*: (?:No space left on device|Disk quota exceeded)/
const failedWords = /^could not .*: (?:Read-only file system|Input\/output error)/

/** Whether the disk of the database has no room for what a statement needed. */
export const isStorageFull = (error: unknown): boolean => hasCode(error, "53100") || postgresSays(error, fullWords)

/** Whether the disk of the database failed for another reason than room. */
export const isStorageFailed = (error: unknown): boolean =>
  !isStorageFull(error) && (hasCode(error, "58030") || postgresSays(error, failedWords))

/** Whether the database has no memory left, or no more of something else that its machine gives it. */
export const isOutOfMemory = (error: unknown): boolean => hasCode(error, "53200", "53000")

/** Whether the database refuses every change, as those that others run do when their disk is nearly full. */
export const isReadOnly = (error: unknown): boolean => hasCode(error, "25006")

/** Whether the database could not do what it was asked for by no fault of the one who asked, who may ask again. */
export const isUnavailable = (error: unknown): boolean =>
  [isAway, isTimeout, isStorageFull, isStorageFailed, isOutOfMemory, isReadOnly].some((is) => is(error))

/** Whether PostgreSQL refused a statement, which is certain to have changed nothing, by a fault of what was sent. */
export const isRefused = (error: unknown): boolean => postgresSays(error, /^/) && !isUnavailable(error)

/** Whether this kind of database does not know how to do what a statement asks. */
export const isUnsupported = (error: unknown): boolean => hasCode(error, "0A000")
