import { Prisma } from "./generated/client.ts"

/** The codes that name an error: Prisma's, PostgreSQL's and the operating system's, from every cause below it. */
function codesOf(error: unknown, codes = new Set<string>(), depth = 0): Set<string> {
  if (typeof error !== "object" || error === null || depth > 8) return codes
  for (const key of ["code", "originalCode", "kind"]) {
    const value: unknown = Reflect.get(error, key)
    if (typeof value === "string") codes.add(value)
  }
  for (const key of ["cause", "meta", "driverAdapterError"]) codesOf(Reflect.get(error, key), codes, depth + 1)
  return codes
}

const hasCode = (error: unknown, ...wanted: string[]): boolean => {
  const codes = codesOf(error)
  return wanted.some((code) => codes.has(code))
}

/** Whether a write met a row with the same key. */
export const isDuplicate = (error: unknown): boolean => hasCode(error, "P2002", "23505", "UniqueConstraintViolation")

/** Whether a write names a row that is not there, or removes one that others name. */
export const isBrokenReference = (error: unknown): boolean =>
  hasCode(error, "P2003", "23503", "23001", "ForeignKeyConstraintViolation")

/** Whether a single-row write found no row. */
export const isMissing = (error: unknown): boolean => hasCode(error, "P2025")

/** Whether transactions stood in each other's way, so that one of them may be run again. */
export const isConflict = (error: unknown): boolean =>
  hasCode(error, "P2034", "40001", "40P01", "TransactionWriteConflict")

/** Whether a statement or transaction took longer than its limit. */
export const isTimeout = (error: unknown): boolean =>
  hasCode(error, "57014", "P2028", "SocketTimeout") ||
  (error instanceof Error && error.message.includes("Query read timeout"))

const awayCodes = [
  ...["P1000", "P1001", "P1002", "P1003", "P1008", "P1017", "P2024", "P2037"],
  ...["DatabaseNotReachable", "DatabaseDoesNotExist", "ConnectionClosed", "TooManyConnections", "AuthenticationFailed"],
  ...["57P01", "57P02", "57P03", "53300", "08000", "08001", "08003", "08004", "08006"],
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EHOSTUNREACH"],
]

const awayWords = /Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after calling end/

/** Whether the database could not be reached or went away. */
export const isAway = (error: unknown): boolean => {
  if (error instanceof Prisma.PrismaClientInitializationError) return true
  return hasCode(error, ...awayCodes) || (error instanceof Error && awayWords.test(error.message))
}
