import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import type { Fault } from "../fault.ts"
import { productIn, startProduct } from "../product.ts"
import { inSeconds, until } from "../waiting.ts"
import { checkStored, openSessions, startWriters } from "../writers.ts"

/** Requests that wait for the database when the product is asked to end, and milliseconds for which they wait then. */
const held = 20
const heldMilliseconds = 700
/** Milliseconds in which everything has to be over. */
const most = 5_000

async function append(url: string, sessionId: string, content: string): Promise<number | string> {
  try {
    const response = await fetch(`${url}/api/messages/${sessionId}`, {
      method: "POST",
      headers: { "content-type": "application/json", connection: "close" },
      body: JSON.stringify({ messages: [{ role: "user", content, client_id: randomUUID() }] }),
    })
    const text = await response.text()
    return response.status === 201 ? response.status : `${response.status} ${text.slice(0, 200)}`
  } catch (error) {
    return String(error instanceof Error ? (error.cause ?? error) : error)
  }
}

/** The product is asked to end while clients append and requests are in flight. */
export const sigterm: Fault = {
  name: "sigterm",
  what: "SIGTERM to the launcher while clients append and requests wait for the database",
  async run(place, { timed }) {
    const product = await productIn(place)
    const { url } = product
    const [locked = "", ...sessions] = await openSessions(url, 5)
    const work = startWriters(url, { appends: Number.POSITIVE_INFINITY, writers: 8, sessions })
    await until(() => work.ledger.count > 200, 60)

    const client = new pg.Client({ connectionString: product.databaseUrl() })
    client.on("error", () => {})
    await client.connect()
    await client.query("BEGIN")
    await client.query("SELECT FROM sessions WHERE id = $1 FOR UPDATE", [locked])
    const answers = Array.from({ length: held }, (_, index) => append(url, locked, `held ${index}`))
    const waiting = async () => {
      const { rows } = await client.query<{ count: number }>(
        "SELECT count(*)::int AS count FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
      )
      return (rows[0]?.count ?? 0) >= held
    }
    await until(waiting, 20)
    await sleep(300)
    const ending = product.end()
    await sleep(heldMilliseconds)
    await client.query("COMMIT").catch(() => {})
    await client.end().catch(() => {})
    const { code, milliseconds } = await ending
    const stopped = work.stop()
    const answered = await Promise.all(answers)
    const cut = answered.filter((answer) => answer !== 201)
    const leftovers = product.leftovers()
    await stopped

    const problems: string[] = []
    if (timed && milliseconds > most) problems.push(`the end took ${inSeconds(milliseconds)}`)
    if (code !== 0) problems.push(`the launcher ended with ${code}`)
    if (cut.length > 0)
      problems.push(`${cut.length} of ${held} requests in flight were not finished: ${cut.join(", ")}`)
    if (leftovers.length > 0) problems.push(`processes were left over: ${leftovers.join(", ")}`)

    const again = await startProduct(place, { dataDir: product.dataDir })
    const { count } = work.ledger
    problems.push(...(await checkStored(again.url, work.ledger)))
    const seen = [
      `ended after ${inSeconds(milliseconds)} with code ${code}; ${held - cut.length} of ${held} requests in flight were ` +
        `answered; ${count} messages were acknowledged before and are there after another start`,
    ]
    return { seen, problems }
  },
}
