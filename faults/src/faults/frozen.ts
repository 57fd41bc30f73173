import { setTimeout as sleep } from "node:timers/promises"
import type { Fault } from "../fault.ts"
import { descendantsOf, send } from "../processes.ts"
import { recover, startUnderLoad } from "../recovery.ts"
import { inSeconds } from "../waiting.ts"
import { refusalsInWords } from "../writers.ts"

/** Seconds after which even a request that waits for the database has its answer. */
const longestAnswer = 45

/** PostgreSQL stands still as a whole, as a machine does whose disk hangs. */
export const frozen: Fault = {
  name: "frozen",
  what: "PostgreSQL and all of its processes stand still (SIGSTOP) for a while, and go on",
  async run(place, { frozenSeconds }) {
    const loaded = await startUnderLoad(place)
    const { product, work } = loaded
    const { url } = product
    const { ledger } = work
    const server = product.pidOf("server")
    const postmaster = product.pidOf("database") ?? 0
    const stopped = [postmaster, ...descendantsOf(postmaster).map(({ pid }) => pid)]
    const goOn = () => {
      for (const pid of stopped) send(pid, "SIGCONT")
    }
    place.onLeave(goOn)
    for (const pid of stopped) send(pid, "SIGSTOP")
    const begin = performance.now()
    const before = ledger.count
    await sleep(1_000)
    const probe = await fetch(`${url}/api/sessions`, { signal: AbortSignal.timeout(longestAnswer * 1000) }).then(
      async (response) => `${response.status} ${/"reason":"(\w+)"/.exec(await response.text())?.[1] ?? ""}`,
      () => "no answer",
    )
    const probed = performance.now() - begin
    await sleep(Math.max(0, frozenSeconds * 1000 - (performance.now() - begin)))
    const during = ledger.count - before
    goOn()
    const { seconds, problems } = await recover(loaded, "PostgreSQL went on")
    if (!/^(200|503 \w+)/.test(probe)) problems.push(`a request was answered ${probe} after ${inSeconds(probed)}`)
    if (product.pidOf("server") !== server)
      problems.push("the server was started again, which a database that waits is no reason for")
    const seen = [
      `frozen for ${frozenSeconds} s: a request was answered ${probe} after ${inSeconds(probed)}; ${during} appends were ` +
        `acknowledged meanwhile, ${refusalsInWords(ledger)}; 200 more ${inSeconds(seconds)} after it went on`,
    ]
    return { seen, problems }
  },
}
