import pg from "pg"
import { embeddedUrl } from "./state.ts"

/** `ready` also proves that the server knows our password: SCRAM lets neither side pretend. */
export type Answer = "ready" | "starting" | "denied" | "silent"

/** Asks the server at a port of 127.0.0.1 whether it is ours and takes queries; answers within 2 seconds. */
export async function probe(password: string, port: number): Promise<Answer> {
  const client = new pg.Client({
    connectionString: embeddedUrl(password, port, "postgres"),
    connectionTimeoutMillis: 2000,
    query_timeout: 2000,
  })
  client.on("error", () => undefined)
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
