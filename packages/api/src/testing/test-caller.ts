import { createDatabase, type Database } from "@strudel-agent/database/client"
import { createTestDatabase } from "@strudel-agent/database/testing/test-database"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import type { Context } from "../context.ts"
import { createLiveHub } from "../live/hub.ts"
import { createCaller } from "../root.ts"

export const testPool = { size: 4, maxOverflow: 4, recycleSeconds: 3600, commandTimeoutSeconds: 20, echo: false }

/** The router on a database of its own, for one test file. */
export async function createTestCaller() {
  const { url, close } = await createTestDatabase()
  const database: Database = createDatabase({ url, pool: testPool })
  const live = createLiveHub({ database })
  const analyser = createAnalyser()
  const context: Context = { database, live, analyser, authorised: true, checksPages: true, address: "127.0.0.1" }
  return {
    caller: createCaller(context),
    context,
    database,
    url,
    async close() {
      live.stop()
      await analyser.close()
      await database.close()
      await close()
    },
  }
}

export type TestCaller = Awaited<ReturnType<typeof createTestCaller>>
