import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import type { Fault } from "../fault.ts"
import type { Place } from "../place.ts"
import { recover, startUnderLoad } from "../recovery.ts"
import { inSeconds } from "../waiting.ts"
import { refusalsInWords } from "../writers.ts"

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
    const loaded = await startUnderLoad(place)
    const { product, work } = loaded
    const { url } = product
    const { ledger } = work
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
    const { seconds, problems } = await recover(loaded, "the connections were free")
    const untyped = [...answers.keys()].filter((answer) => !/^(200|503 \w+)$/.test(answer))
    if (untyped.length > 0) problems.push(`requests were answered ${untyped.join(", ")}`)
    const words = [...answers].map(([answer, times]) => `${times} × ${answer}`).join(", ")
    const seen = [
      `${taken.count} connections held for ${held / 1000} s: requests were answered ${words}; appends: ` +
        `${refusalsInWords(ledger)}; 200 more ${inSeconds(seconds)} after they were free`,
    ]
    return { seen, problems }
  },
}
