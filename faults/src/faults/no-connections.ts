import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import type { Fault } from "../fault.ts"
import type { Place } from "../place.ts"
import { startProduct } from "../product.ts"
import { inSeconds, until } from "../waiting.ts"
import { checkStored, openSessions, refusalsInWords, startWriters } from "../writers.ts"

const patience = 60
/** Milliseconds for which others hold every connection. */
const held = 8_000

/** Takes every connection that PostgreSQL gives, those of the product too; returns what gives them back. */
async function takeAll(place: Place, url: string): Promise<{ count: number; free(): Promise<void> }> {
  const clients: pg.Client[] = []
  place.onLeave(() => Promise.allSettled(clients.map((client) => client.end())))
  const take = async (): Promise<boolean> => {
    const client = new pg.Client({ connectionString: url, application_name: "others" })
    client.on("error", () => {})
    try {
      await client.connect()
      clients.push(client)
      return true
    } catch {
      return false
    }
  }
  while (await take());
  const [first] = clients
  await first?.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'strudel-agent'")
  // Whoever is faster has them; the product asks again when it is asked for something.
  await Promise.all(Array.from({ length: 40 }, take))
  while (await take());
  return {
    count: clients.length,
    free: async () => void (await Promise.allSettled(clients.splice(0).map((client) => client.end()))),
  }
}

/** Others take every connection of PostgreSQL. */
export const noConnections: Fault = {
  name: "no-connections",
  what: "other clients take every connection that PostgreSQL gives, and those of the product are ended",
  async run(place) {
    const product = await startProduct(place, {})
    const { url } = product
    const sessions = await openSessions(url, 4)
    const work = startWriters(url, { appends: Number.POSITIVE_INFINITY, writers: 8, sessions })
    const { ledger } = work
    await until(() => ledger.count > 200, patience)
    const taken = await takeAll(place, product.databaseUrl())
    const begin = performance.now()
    const answers = new Map<string, number>()
    while (performance.now() - begin < held) {
      const response = await fetch(`${url}/api/sessions`)
      const answer = `${response.status} ${/"reason":"(\w+)"/.exec(await response.text())?.[1] ?? ""}`.trim()
      answers.set(answer, (answers.get(answer) ?? 0) + 1)
      await sleep(200)
    }
    await taken.free()
    const again = ledger.count
    const recovered = await until(() => ledger.count > again + 200, patience)
    await work.stop()
    const problems = await checkStored(url, ledger)
    const untyped = [...answers.keys()].filter((answer) => !/^(200|503 \w+)$/.test(answer))
    if (untyped.length > 0) problems.push(`requests were answered ${untyped.join(", ")}`)
    if (recovered === undefined) problems.push(`no appends ${patience} s after the connections were free`)
    if ((await product.comesBack(patience)) === undefined) problems.push("no page and no health afterwards")
    const told = [...answers].map(([answer, times]) => `${times} × ${answer}`).join(", ")
    const seen = [
      `${taken.count} connections held for ${held / 1000} s: requests were answered ${told}; appends: ` +
        `${refusalsInWords(ledger)}; 200 more ${inSeconds(recovered ?? 0)} after they were free`,
    ]
    return { seen, problems }
  },
}
