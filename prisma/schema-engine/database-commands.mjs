import pg from "pg"
import { plainUrl } from "./adapter.mjs"
import { writeLog } from "./log.mjs"

/** Runs one of the commands for which the Prisma CLI starts the engine anew, and returns the exit code. */
export async function runDatabaseCommand(command, url) {
  // The CLI skips the first line and reads the others for the error.
  writeLog("INFO", `Starting schema engine CLI: ${command}`)
  const target = new URL(plainUrl(url))
  const database = decodeURIComponent(target.pathname.slice(1)) || "postgres"
  try {
    if (command === "can-connect-to-database") await query(target, "SELECT 1")
    else if (command === "create-database") await query(maintenance(target), `CREATE DATABASE ${quoted(database)}`)
    else if (command === "drop-database") {
      await query(maintenance(target), `DROP DATABASE IF EXISTS ${quoted(database)} WITH (FORCE)`)
    } else throw new Error(`unknown command ${command}`)
    return 0
  } catch (error) {
    const { code, message } = explain(error, target, database)
    writeLog("ERROR", message, code)
    return 1
  }
}

function maintenance(target) {
  const url = new URL(target)
  url.pathname = "/postgres"
  return url
}

function quoted(name) {
  return pg.escapeIdentifier(name)
}

async function query(url, sql) {
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** Prisma's code and words for what PostgreSQL or the network said. */
function explain(error, { host, username }, database) {
  switch (error.code) {
    case "3D000":
      return { code: "P1003", message: `Database \`${database}\` does not exist` }
    case "28P01":
    case "28000":
      return { code: "P1000", message: `Authentication failed for \`${decodeURIComponent(username)}\` at \`${host}\`` }
    case "42P04":
      return { code: "P1009", message: `Database \`${database}\` already exists` }
    case "42501":
      return { code: "P1010", message: error.message }
    default:
      return { code: "P1001", message: `Can't reach database server at \`${host}\`: ${error.message || error.code}` }
  }
}
