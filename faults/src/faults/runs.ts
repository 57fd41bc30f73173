import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { type Client, createClient, type Outputs } from "@strudel-agent/client/client"
import { hasEnded } from "@strudel-agent/contract/run"
import type { Fault } from "../fault.ts"
import type { Part, Place, Product } from "../place.ts"
import { startProduct } from "../product.ts"
import { randomFrom, shuffled } from "../random.ts"
import { recoverySeconds } from "../recovery.ts"
import { startSlowProvider } from "../slow-provider.ts"
import { until } from "../waiting.ts"

const victims: Part[] = ["agent", "server", "database"]
/** Sessions of a round; every second one has its changes proposed. */
const sessionsAtOnce = 6
/** Seconds after which no run may be open any more once everything is back. */
const mostOpen = 30
/** Milliseconds after which a call is made again that met a server which was away. */
const pause = 200

interface Asked {
  id: string
  clip: string
  staged: boolean
}

/** Makes a call until it is answered: each of these may be made again. */
async function persist<T>(call: () => Promise<T>): Promise<T> {
  for (const last = Date.now() + recoverySeconds * 2000; ; ) {
    try {
      return await call()
    } catch (error) {
      if (Date.now() > last) throw error
      await sleep(pause)
    }
  }
}

const projectOf = (round: number) => `round-${round}`

/** Begins a session and asks its agent for a clip. */
async function ask(client: Client, round: number, place: number): Promise<Asked> {
  const asked = { id: randomUUID(), clip: `clip-${place}`, staged: place % 2 === 1 }
  const { id, staged } = asked
  await persist(() =>
    client.session.create.mutate({ id, answeredBy: "strudel", changeMode: staged ? "staged" : "direct" }),
  )
  const content = `save the clip ${asked.clip} in ${projectOf(round)}`
  const messages = [{ role: "user" as const, content, clientId: randomUUID() }]
  await persist(() => client.message.append.mutate({ sessionId: id, messages }))
  return asked
}

type Run = Outputs["run"]["list"]["runs"][number]

const runsOf = async (client: Client, { id }: Asked): Promise<Run[]> =>
  (await persist(() => client.run.list.query({ sessionId: id }))).runs

/** Whether a question was taken up, and nothing of it is open. */
const isOver = (runs: Run[]): boolean => runs.length > 0 && runs.every(({ state }) => hasEnded(state))

/** What is not as it has to be in a session whose runs have ended. */
async function faultsOf(client: Client, asked: Asked, project: string): Promise<string[]> {
  const sessionId = asked.id
  const problems: string[] = []
  const { messages } = await persist(() => client.message.list.query({ sessionId }))
  const runs = await runsOf(client, asked)
  const answers = messages.filter(({ role }) => role === "assistant").map(({ context }) => context?.run)
  if (messages.some(({ messageIndex }, place) => messageIndex !== place)) problems.push("its messages have a gap")
  if (messages.filter(({ role }) => role === "user").length !== 1) problems.push("its question is not there once")
  if (new Set(answers).size !== answers.length) problems.push(`answers are there twice: ${answers.join(", ")}`)
  const numbers = runs.flatMap(({ messageIndex, number }) => (messageIndex === null ? [] : [number]))
  if (numbers.toSorted().join() !== answers.toSorted().join()) problems.push("runs and answers do not agree")
  const { changes } = await persist(() => client.run.changes.query({ sessionId }))
  const proposed = changes.filter(({ state }) => state === "staged")
  const applied = changes.filter(({ state }) => state === "applied")
  const clip = await client.clip.byId.query({ projectId: project, id: asked.clip }).catch(() => undefined)
  if (asked.staged && (applied.length > 0 || clip)) problems.push("a change was made that waits for a person")
  if (proposed.length > 1) problems.push(`${proposed.length} proposals of one clip wait`)
  if (!asked.staged && applied.length !== (clip?.version ?? 0)) {
    problems.push(`${applied.length} changes made version ${clip?.version ?? 0}`)
  }
  const [proposal] = proposed
  if (proposal) {
    await persist(() => client.run.decide.mutate({ ...proposal, approved: true })).catch(() => {})
    const made = await persist(() => client.clip.byId.query({ projectId: project, id: asked.clip }))
    if (made.version !== 1) problems.push(`an approval made version ${made.version}`)
  }
  return problems.map((problem) => `session ${sessionId}: ${problem}`)
}

/** One round: asks, kills a part while answers are written, and looks at what there is once it is back. */
async function killDuring(product: Product, victim: Part, round: number, moment: number) {
  const client = createClient({ url: product.url })
  const places = Array.from({ length: sessionsAtOnce }, (_, place) => place)
  const asking = Promise.all(places.map((place) => ask(client, round, place)))
  await sleep(moment)
  await product.kill(victim)
  const asked = await asking
  const problems: string[] = []
  if ((await product.comesBack(recoverySeconds)) === undefined) problems.push("no page and no health afterwards")
  let open: Asked[] = asked
  const took = await until(async () => {
    const still = await Promise.all(
      open.map(async (each) => ((await isOver(await runsOf(client, each))) ? [] : [each])),
    )
    open = still.flat()
    return open.length === 0
  }, mostOpen)
  if (took === undefined) problems.push(`${open.length} runs were open ${mostOpen} s after everything was back`)
  for (const each of asked) problems.push(...(await faultsOf(client, each, projectOf(round))))
  const states = (await Promise.all(asked.map((each) => runsOf(client, each)))).flat().map(({ state }) => state)
  const counts = [...new Set(states)].map((state) => `${states.filter((each) => each === state).length} ${state}`)
  return { seen: `${victim} after ${moment} ms: ${counts.join(", ")}`, problems }
}

/** Starts a product whose agent is answered slowly. */
export async function startAnsweringProduct(place: Place): Promise<Product> {
  const provider = await startSlowProvider()
  place.onLeave(provider.close)
  const env = { OPENAI_API_KEY: "a-key", OPENAI_BASE_URL: provider.url, STRUDEL_AGENT_MODEL: "openai:slow" }
  return startProduct(place, { env })
}

/** Parts of the product are killed while its agent answers. */
export const runs: Fault = {
  name: "runs",
  what: "kill -9 of agent, server and database at random moments while the agent answers, changes clips and proposes changes",
  async run(place, { seed, rounds }, say) {
    const random = randomFrom(seed)
    const product = place.product ?? (await startAnsweringProduct(place))
    const problems: string[] = []
    const seen: string[] = []
    for (let round = 1; round <= rounds && problems.length === 0; round++) {
      const [victim = "agent"] = shuffled(victims, random)
      const found = await killDuring(product, victim, round, Math.floor(300 + 3000 * random()))
      say(`round ${round} of ${rounds}: ${found.seen}`)
      seen.push(found.seen)
      problems.push(...found.problems.map((problem) => `round ${round}: ${problem}`))
    }
    if (problems.length > 0) problems.push(`the product said:\n${product.said()}`)
    return { seen: [`${seen.length} rounds of ${sessionsAtOnce} sessions, seed ${seed}`], problems }
  },
}
