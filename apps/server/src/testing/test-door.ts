import type { AddressInfo } from "node:net"
import { createClient } from "@strudel-agent/client/client"
import { createDatabase } from "@strudel-agent/database/client"
import type { StatementListener } from "@strudel-agent/database/statement-listener"
import { createTestDatabase } from "@strudel-agent/database/testing/test-database"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import { buildDoor, type DoorOptions } from "../door.ts"

const pool = { size: 10, maxOverflow: 20, recycleSeconds: 3600, commandTimeoutSeconds: 30, echo: false }

/** The front door on a database of its own, listening on a free port of the loopback. */
export async function openTestDoor(
  options: Partial<Omit<DoorOptions, "database">> = {},
  { host = "127.0.0.1", onStatement }: { host?: string; onStatement?: StatementListener } = {},
) {
  const { url: databaseUrl, close: dropDatabase } = await createTestDatabase()
  const database = createDatabase({ url: databaseUrl, pool, onStatement })
  const analyser = options.analyser ?? createAnalyser()
  const door = await buildDoor({
    allowedHosts: [],
    checksPages: true,
    version: "0.0.0-test",
    ...options,
    database,
    analyser,
  })
  await door.listen({ host, port: 0 })
  const address = door.server.address()
  const { port } = isAddress(address) ? address : { port: 0 }
  const url = `http://${host}:${port}`
  return {
    door,
    database,
    url,
    port,
    client: createClient({ url, token: options.token }),
    async close() {
      await door.close()
      await analyser.close()
      await database.close()
      await dropDatabase()
    },
  }
}

export type TestDoor = Awaited<ReturnType<typeof openTestDoor>>

const isAddress = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === "object" && address !== null
