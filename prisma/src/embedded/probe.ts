import pg from "pg"
import { embeddedUrl } from "./state.ts"

/** `ready` also proves that the server knows our password: SCRAM lets neither side pretend. */
export type Answer = "ready" | "starting" | "denied" | "silent"

/** How many others are connected to our server at a port of 127.0.0.1; none where it does not answer within 2 seconds. */
export async function countClients(password: string, port: number): Promise<number> {
  const client = connectTo(password, port)
  try {
    await client.connect()
    const { rows } = await client.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    )
    return rows[0]?.count ?? 0
  } catch {
    return 0
  } finally {
    await client.end().catch(() => undefined)
  }
}

function connectTo(password: string, port: number): pg.Client {
  const client = new pg.Client({
    connectionString: embeddedUrl(password, port, "postgres"),
    connectionTimeoutMillis: 2000,
    query_timeout: 2000,
  })
  client.on("error", () => undefined)
  return client
}

/** Asks the server at a port of 127.0.0.1 whether it is ours and takes queries; answers within 2 seconds. */
export async function probe(password: string, port: number): Promise<Answer> {
  const client = connectTo(password, port)
  try {
    await client.connect()
    await client.query("SELECT 1")
    return "ready"
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined
    if (code === "57P03") return "starting"
    return code === "28P01" || code === "28000" ? "denied" : "silent"
  } finally {
    await client.end().catch(() => undefined)
  }
}
