import { setTimeout as sleep } from "node:timers/promises"
import type { Fault } from "../fault.ts"
import { descendantsOf, send } from "../processes.ts"
import { startProduct } from "../product.ts"
import { inSeconds, until } from "../waiting.ts"
import { checkStored, openSessions, refusalsInWords, startWriters } from "../writers.ts"

const patience = 60
/** Seconds after which even a request that waits for the database has its answer. */
const longestAnswer = 45

/** PostgreSQL stands still as a whole, as a machine does whose disk hangs. */
export const frozen: Fault = {
  name: "frozen",
  what: "PostgreSQL and all of its processes stand still (SIGSTOP) for a while, and go on",
  async run(place, { frozenSeconds }) {
    const product = await startProduct(place, {})
    const { url } = product
    const sessions = await openSessions(url, 4)
    const work = startWriters(url, { appends: Number.POSITIVE_INFINITY, writers: 8, sessions })
    const { ledger } = work
    await until(() => ledger.count > 200, patience)
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
    const again = ledger.count
    const recovered = await until(() => ledger.count > again + 200, patience)
    await work.stop()
    const problems = await checkStored(url, ledger)
    if (!/^(200|503 \w+)/.test(probe)) problems.push(`a request was answered ${probe} after ${inSeconds(probed)}`)
    if (recovered === undefined) problems.push(`no appends ${patience} s after PostgreSQL went on`)
    if (product.pidOf("server") !== server)
      problems.push("the server was started again, which a database that waits is no reason for")
    if ((await product.comesBack(patience)) === undefined) problems.push("no page and no health afterwards")
    const seen = [
      `frozen for ${frozenSeconds} s: a request was answered ${probe} after ${inSeconds(probed)}; ${during} appends were ` +
        `acknowledged meanwhile, ${refusalsInWords(ledger)}; 200 more ${inSeconds(recovered ?? 0)} after it went on`,
    ]
    return { seen, problems }
  },
}
