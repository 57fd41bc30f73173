import { randomUUID } from "node:crypto"
import { PrismaPg } from "@prisma/adapter-pg"
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils"
import pg from "pg"

const charOid = 18
const textOid = 25
/** Of Prisma's own connection parameters none means anything to pg, which would take them for PostgreSQL's. */
const prismaParameters = [
  "schema",
  "connection_limit",
  "pool_timeout",
  "connect_timeout",
  "socket_timeout",
  "pgbouncer",
]

/**
 * Makes PrismaPg fit for migrations. As it is, it spreads a session over a pool, rejects the type "char" of the system
 * catalogs, cuts scripts at every semicolon, and connects its shadow database to the main one when given a URL.
 */
export function createAdapterFactory({ url, shadowUrl }) {
  const factory = new PrismaPg({ connectionString: url })
  const shadows = new Set()
  factory.connect = () => connect(url)
  factory.connectToShadowDb = async () => {
    if (shadowUrl) return connect(shadowUrl)
    const shadow = await createShadow(url)
    shadows.add(shadow)
    return shadow
  }
  return { factory, disposeShadows: () => Promise.allSettled([...shadows].map((shadow) => shadow.dispose())) }
}

/** Returns the URL as pg takes it. */
export function plainUrl(url) {
  const plain = new URL(url)
  for (const name of prismaParameters) plain.searchParams.delete(name)
  return plain.href
}

async function connect(url) {
  const schema = new URL(url).searchParams.get("schema") ?? "public"
  const pool = new pg.Pool({
    connectionString: plainUrl(url),
    // Locks, settings and open transactions belong to a connection.
    max: 1,
    idleTimeoutMillis: 0,
    options: `-c TimeZone=UTC -c search_path=${schema.replaceAll(/([\\\s])/g, "\\$1")}`,
  })
  const adapter = await new PrismaPg(pool, { schema, disposeExternalPool: true }).connect()
  readChars(pool, adapter)
  adapter.executeScript = async (script) => {
    try {
      await pool.query(script)
    } catch (error) {
      adapter.onError(error)
    }
  }
  return adapter
}

/** Lets "char" columns through as text and says afterwards what they were. */
function readChars(pool, adapter) {
  let chars = []
  pool.on("connect", (client) => {
    client.connection.prependListener("rowDescription", ({ fields }) => {
      chars = fields.flatMap(({ dataTypeID }, index) => (dataTypeID === charOid ? [index] : []))
      for (const index of chars) fields[index].dataTypeID = textOid
    })
  })
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query)
    for (const index of chars) result.columnTypes[index] = ColumnTypeEnum.Character
    chars = []
    return result
  }
}

async function createShadow(url) {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`
  const admin = new pg.Client({ connectionString: plainUrl(url) })
  admin.on("error", () => {})
  await admin.connect()
  await admin.query(`CREATE DATABASE "${name}"`)
  const shadowUrl = new URL(url)
  shadowUrl.pathname = `/${name}`
  const shadow = await connect(shadowUrl.href)
  const disconnect = shadow.dispose.bind(shadow)
  let disposing
  shadow.dispose = () => {
    disposing ??= (async () => {
      await disconnect()
      await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
      await admin.end()
    })()
    return disposing
  }
  return shadow
}
