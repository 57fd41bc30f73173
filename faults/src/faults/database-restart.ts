import type { Fault } from "../fault.ts"
import { send } from "../processes.ts"
import { productIn } from "../product.ts"
import { recoverySeconds } from "../recovery.ts"
import { inSeconds, until } from "../waiting.ts"
import { checkStored, openSessions, refusalsInWords, startWriters } from "../writers.ts"

/** Seconds in which another PostgreSQL has to run, and everything has to be acknowledged. */

/** The database is shut down as its keeper would, twice, while clients append. */
export const databaseRestart: Fault = {
  name: "database-restart",
  what: "the database is shut down in order (SIGINT to PostgreSQL), twice, while clients append",
  async run(place, { appends }) {
    const product = await productIn(place)
    const { url } = product
    const half = Math.floor(appends / 4)
    const work = startWriters(url, { appends: half * 2, writers: 8, sessions: await openSessions(url, 2) })
    const { ledger } = work
    const problems: string[] = []
    const seen: string[] = []
    for (const moment of [half * 0.3, half]) {
      await until(() => ledger.count >= moment, recoverySeconds)
      const before = product.pidOf("database")
      if (before === undefined) problems.push("the database did not run")
      else send(before, "SIGINT")
      const took = await until(() => ![before, undefined].includes(product.pidOf("database")), recoverySeconds)
      if (took === undefined) problems.push("no other PostgreSQL was started")
      else seen.push(`another PostgreSQL after ${inSeconds(took)}`)
    }
    const ended = await Promise.race([work.done.then(() => true), until(() => false, recoverySeconds * 2)])
    if (!ended) problems.push(`only ${ledger.count} of ${half * 2} appends were acknowledged`)
    problems.push(...(await checkStored(url, ledger)))
    if ((await product.comesBack(recoverySeconds)) === undefined) problems.push("no page and no health afterwards")
    seen.push(`${ledger.count} acknowledged, ${refusalsInWords(ledger)}`)
    return { seen, problems }
  },
}
