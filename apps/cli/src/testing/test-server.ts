import { createDatabase, type Database } from "@strudel-agent/database/client"
import { createTestDatabase } from "@strudel-agent/database/testing/test-database"
import { buildDoor } from "@strudel-agent/server/src/door.ts"
import { createAnalyser } from "@strudel-agent/strudel/analyser"

const pool = { size: 4, maxOverflow: 4, recycleSeconds: 3600, commandTimeoutSeconds: 20, echo: false }

export interface TestServer {
  url: string
  database: Database
  /** Closes the door; the database stays. */
  shut(): Promise<void>
  /** Opens another door to the same database. */
  reopen(): Promise<void>
  close(): Promise<void>
}

/** The real front door on a free port, on a database of its own. */
export async function startTestServer({ token }: { token?: string } = {}): Promise<TestServer> {
  const { url: databaseUrl, close: dropDatabase } = await createTestDatabase()
  const database = createDatabase({ url: databaseUrl, pool })
  const analyser = createAnalyser()
  const open = async () => {
    const door = await buildDoor({ database, analyser, version: "0.0.0", allowedHosts: [], token })
    return { door, url: await door.listen({ host: "127.0.0.1", port: 0 }) }
  }
  let { door, url } = await open()
  return {
    get url() {
      return url
    },
    database,
    shut: () => door.close(),
    async reopen() {
      const opened = await open()
      door = opened.door
      url = opened.url
    },
    async close() {
      await door.close()
      await analyser.close()
      await database.close()
      await dropDatabase()
    },
  }
}
