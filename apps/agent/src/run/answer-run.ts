import { setMaxListeners } from "node:events"
import type { Client } from "@strudel-agent/client/client"
import type { ClientOptions } from "@strudel-agent/client/links"
import { reasonOf } from "@strudel-agent/client/reason"
import type { RunClaimed, RunFailure } from "@strudel-agent/contract/run"
import { chosenModel, type Environment, type Settings, secretsOf } from "@strudel-agent/model-provider/chosen-model"
import { noUsage } from "@strudel-agent/model-provider/cost"
import { languageModel } from "@strudel-agent/model-provider/language-model"
import { withoutSecrets } from "@strudel-agent/model-provider/secrets"
import { readSavedSettings, SettingsBroken } from "@strudel-agent/model-provider/settings-file"
import { readInstructions } from "../instructions.ts"
import { readContext } from "../prompt/read-context.ts"
import { usualAskLimits } from "./ask-model.ts"
import { CostGuard, costOfToday } from "./cost-guard.ts"
import { knownPrice } from "./known-prices.ts"
import type { WorkingKey } from "./run-key.ts"
import { internalFailure, RunFailed, RunOver, WorkerStops } from "./run-over.ts"
import { toolsHash } from "./run-tools.ts"
import { RunWriter } from "./run-writer.ts"
import { type WorkLimits, workOn } from "./work.ts"

export interface Log {
  info(facts: object, words: string): void
  error(facts: object, words: string): void
}

export interface AnswerOptions {
  client: Client
  /** How clients of the tools reach the server. */
  connection: ClientOptions
  worker: string
  environment: Environment
  dataDir: string
  log: Log
  /** Aborted when this process stops. */
  stops: AbortSignal
  limits?: Partial<WorkLimits> | undefined
}

type Claimed = NonNullable<RunClaimed>

const usualLimits: WorkLimits = { ...usualAskLimits, steps: 24 }

async function readSettings({ environment, dataDir }: AnswerOptions): Promise<Settings> {
  try {
    return { environment, saved: await readSavedSettings(dataDir) }
  } catch (error) {
    if (error instanceof SettingsBroken) throw new RunFailed({ reason: "no-provider", words: error.message })
    throw error
  }
}

interface Answering extends Claimed {
  key: WorkingKey
  settings: Settings
  writer: RunWriter
  signal: AbortSignal
}

/** Answers with the model that is set; the guard knows what it cost. */
async function answer(
  { run, session, key, settings, writer, signal }: Answering,
  { client, connection, limits }: AnswerOptions,
  onCosts: (costs: CostGuard) => void,
): Promise<void> {
  const choice = chosenModel(settings)
  if ("problem" in choice) throw new RunFailed({ reason: "no-provider", words: choice.problem })
  const chosen = choice.model
  const secrets = secretsOf(settings)
  const [instructions, price, context] = await Promise.all([
    readInstructions(),
    knownPrice(settings, chosen, { secrets, signal }),
    readContext({ run, session, context: { client, pageUrl: connection.url, signal } }),
  ])
  writer.describe({ provider: chosen.provider, model: chosen.model, promptHash: instructions.hash, toolsHash })
  const today = () => costOfToday(client, signal)
  const costs = new CostGuard({ limits: settings.saved.limits, today, price })
  onCosts(costs)
  await workOn({
    ...{ run, session, writer, costs, chosen, secrets, signal },
    model: await languageModel(chosen),
    system: `${instructions.text}\n${context.surroundings}`,
    messages: context.turns.map(({ role, text }) => ({ role, content: text })),
    caller: { client, connection, key },
    limits: { ...usualLimits, ...limits },
  })
}

/** What people are told of what ended a run; what nobody expected is logged, without a key in it. */
function failureOf(error: unknown, settings: Settings | undefined, { log }: AnswerOptions): RunFailure {
  if (error instanceof RunFailed) return error.failure
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
  log.error({ problem: withoutSecrets(words, settings ? secretsOf(settings) : []) }, "a run failed")
  return internalFailure
}

/** Works on a run until it is answered, stopped, failed, or this process stops. Never rejects. */
export async function answerRun(claimed: Claimed, options: AnswerOptions): Promise<void> {
  const { client, worker, stops, log } = options
  const { run } = claimed
  const key: WorkingKey = { sessionId: run.sessionId, number: run.number, worker }
  const over = new AbortController()
  // Every call of a run hears of its end.
  setMaxListeners(0, over.signal)
  const stop = () => over.abort(new WorkerStops())
  stops.addEventListener("abort", stop)
  if (stops.aborted) stop()
  const writer = new RunWriter({ client, key, onOver: (why) => over.abort(why) })
  const begin = performance.now()
  let settings: Settings | undefined
  let costs: CostGuard | undefined
  let failure: RunFailure | undefined
  try {
    settings = await readSettings(options)
    await answer({ ...claimed, key, settings, writer, signal: over.signal }, options, (guard) => {
      costs = guard
    })
  } catch (error) {
    const why = over.signal.aborted ? over.signal.reason : error
    if (why instanceof RunOver || why instanceof WorkerStops) failure = undefined
    else failure = failureOf(why, settings, options)
  }
  const facts = { sessionId: run.sessionId, run: run.number, ms: Math.round(performance.now() - begin) }
  try {
    await end({ key, settings, writer, over: over.signal, failure, costs }, options)
    log.info({ ...facts, ...(failure ? { failure: failure.reason } : {}), ...costs?.usage }, "a run ended")
  } catch (error) {
    if (reasonOf(error) !== "RUN_ENDED") failureOf(error, settings, options)
  } finally {
    costs?.end()
    writer.close()
    stops.removeEventListener("abort", stop)
  }
}

interface End {
  key: WorkingKey
  settings: Settings | undefined
  writer: RunWriter
  over: AbortSignal
  failure: RunFailure | undefined
  costs: CostGuard | undefined
}

/** Tells the server how a run ended, and of one that was stopped what it cost; one that this process leaves is let go of. */
async function end({ key, settings, writer, over, failure, costs }: End, options: AnswerOptions): Promise<void> {
  const { client } = options
  const { usage = noUsage, cost = null } = costs ?? {}
  if (over.reason instanceof RunOver) {
    if (usage.inputTokens > 0) await client.run.finish.mutate({ ...key, usage, cost })
    return
  }
  await writer.flush(over)
  writer.close()
  if (over.reason instanceof WorkerStops) return void (await client.run.release.mutate(key))
  const finish = (why: RunFailure | undefined) =>
    client.run.finish.mutate({ ...key, usage, cost, ...(why ? { failure: why } : {}) })
  try {
    await finish(failure)
  } catch (error) {
    if (reasonOf(error) !== "BAD_INPUT" && reasonOf(error) !== "INTERNAL") throw error
    // A run that cannot end as it did still ends in words.
    await finish(failureOf(error, settings, options))
  }
}
