import type { Fault } from "../fault.ts"
import type { Part, Product } from "../place.ts"
import { productIn } from "../product.ts"
import { randomFrom, shuffled } from "../random.ts"
import { recoverySeconds } from "../recovery.ts"
import { inSeconds, until } from "../waiting.ts"
import { checkStored, openSessions, refusalsInWords, startWriters } from "../writers.ts"

const parts: Part[] = ["server", "web", "database", "launcher"]
const writers = 32
/** Seconds in which the product has to answer again, and in which what a killed launcher left has to end. */

/** Parts of the product are killed at random while clients append. */
export const kill: Fault = {
  name: "kill",
  what: "kill -9 of server, web app, database and launcher at random moments while clients append and retry",
  async run(place, { seed, rounds, appends, killed }, say) {
    const random = randomFrom(seed)
    const product = await productIn(place)
    const seen: string[] = []
    const problems: string[] = []
    for (let round = 1; round <= rounds; round++) {
      const victims = shuffled(parts, random).slice(0, killed)
      const moments = victims
        .map(() => Math.floor((0.05 + 0.85 * random()) * appends))
        .sort((one, other) => one - other)
      const found = await killDuring(product, { victims, moments, appends })
      say(`round ${round} of ${rounds}: ${found.seen}`)
      seen.push(found.seen)
      problems.push(...found.problems.map((problem) => `round ${round}: ${problem}`))
      if (problems.length > 0) break
    }
    if (problems.length > 0) problems.push(`the product said:\n${product.said()}`)
    return { seen: [`${seen.length} rounds of ${appends} appends, seed ${seed}`], problems }
  },
}

/** One round: kills each part when so many messages are acknowledged, and looks at what is stored. */
async function killDuring(
  product: Product,
  { victims, moments, appends }: { victims: Part[]; moments: number[]; appends: number },
): Promise<{ seen: string; problems: string[] }> {
  const { url } = product
  const begin = performance.now()
  const work = startWriters(url, { appends, writers, sessions: await openSessions(url, 16) })
  const { ledger } = work
  const killing = (async () => {
    for (const [index, victim] of victims.entries()) {
      const moment = moments[index] ?? 0
      await until(() => ledger.count >= moment || ledger.unexpected.length > 0, recoverySeconds)
      await product.kill(victim)
    }
  })()
  const all = Promise.all([work.done, killing]).then(() => true)
  const ended = await Promise.race([all, until(() => false, recoverySeconds * 4).then(() => false)])
  if (!ended) {
    const words = `only ${ledger.count} of ${appends} appends were acknowledged`
    return { seen: `${victims.join(" and ")} killed; ${words}`, problems: [words] }
  }
  const took = performance.now() - begin
  const back = await product.comesBack(recoverySeconds)
  const problems = await checkStored(url, ledger)
  if (ledger.count !== appends) problems.push(`${ledger.count} of ${appends} appends were acknowledged`)
  if (back === undefined) problems.push(`no page and no health ${recoverySeconds} s after the appends`)
  let orphans: number[] = []
  const gone = await until(() => {
    orphans = product.leftovers()
    return orphans.length === 0
  }, recoverySeconds / 2)
  if (gone === undefined) problems.push(`processes were left over: ${orphans.join(", ")}`)
  const kills = victims.map((victim, index) => `${victim} at ${moments[index]}`).join(", ")
  return {
    seen: `killed ${kills}; ${ledger.count} acknowledged in ${inSeconds(took)}, ${refusalsInWords(ledger)}`,
    problems,
  }
}
