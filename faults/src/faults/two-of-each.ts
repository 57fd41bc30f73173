import { chmodSync } from "node:fs"
import { createClient } from "@strudel-agent/client/client"
import { startEmbedded } from "@strudel-agent/database/embedded"
import { openBalancer } from "../balancer.ts"
import type { Fault } from "../fault.ts"
import { send } from "../processes.ts"
import { startProduct } from "../product.ts"
import { recoverySeconds } from "../recovery.ts"
import { inSeconds, until } from "../waiting.ts"
import { checkStored, openSessions, refusalsInWords, startWriters } from "../writers.ts"

const listeners = 40

/** Two servers with a web app each, behind one address and on one database; one pair is killed. */
export const twoOfEach: Fault = {
  name: "two-of-each",
  what: "two servers and two web apps behind one address; one of each is killed with its launcher under load",
  async run(place) {
    const dir = place.makeFolder()
    chmodSync(dir, 0o711)
    const database = await startEmbedded({ dir })
    place.onLeave(() => database.stop())
    const env = { DATABASE_URL: database.url() }
    const one = await startProduct(place, { env })
    const other = await startProduct(place, { env })
    const url = await openBalancer(
      place,
      [one.url, other.url].map((each) => Number(new URL(each).port)),
    )
    const [followed = "", ...sessions] = await openSessions(url, 5)

    const heard: number[][] = []
    for (let number = 0; number < listeners; number++) {
      const indexes: number[] = []
      heard.push(indexes)
      const { unsubscribe } = createClient({ url }).live.watch.subscribe(
        { sessions: [{ sessionId: followed, after: -1 }] },
        {
          onData({ data }) {
            if (data.type === "messages") indexes.push(...data.messages.map(({ messageIndex }) => messageIndex))
          },
        },
      )
      place.onLeave(unsubscribe)
    }
    const load = startWriters(url, { appends: Number.POSITIVE_INFINITY, writers: 8, sessions })
    const writers = startWriters(url, { appends: 400, writers: 2, sessions: [followed] })
    await until(() => writers.ledger.count >= 150, recoverySeconds)
    for (const part of ["launcher", "server", "web"] as const) {
      const pid = one.pidOf(part)
      if (pid !== undefined) send(pid, "SIGKILL")
    }
    const killed = performance.now()
    const page = await until(
      async () => (await fetch(`${url}/`).catch(() => undefined))?.status === 200,
      recoverySeconds,
    )
    const ended = await Promise.race([
      writers.done.then(() => true),
      until(() => false, recoverySeconds).then(() => false),
    ])
    const caughtUp = await until(() => heard.every((indexes) => indexes.length >= 400), recoverySeconds)
    const took = performance.now() - killed
    await load.stop()
    const problems = [...(await checkStored(url, writers.ledger)), ...(await checkStored(url, load.ledger))]
    if (!ended) problems.push(`only ${writers.ledger.count} of 400 appends were acknowledged`)
    if (page === undefined) problems.push("no page was answered after one was killed")
    const isGapless = (indexes: number[]) => indexes.length === 400 && indexes.every((index, at) => index === at)
    const broken = heard.filter((indexes) => !isGapless(indexes)).length
    if (caughtUp === undefined || broken > 0)
      problems.push(`${broken} of ${listeners} listeners did not hear each message once and in order`)
    const seen = [
      `${listeners} listeners heard 400 messages each, once and in order, the last ${inSeconds(took)} after one of each was ` +
        `killed; a page after ${inSeconds(page ?? 0)}; ${load.ledger.count + writers.ledger.count} appends acknowledged, ` +
        `${refusalsInWords(load.ledger)}`,
    ]
    return { seen, problems }
  },
}
