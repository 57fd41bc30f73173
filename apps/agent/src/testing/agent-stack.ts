import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Writable } from "node:stream"
import { createClient } from "@strudel-agent/client/client"
import { hasEnded } from "@strudel-agent/contract/run"
import type { ChangeMode } from "@strudel-agent/contract/session"
import { createDatabase } from "@strudel-agent/database/client"
import { createTestDatabase } from "@strudel-agent/database/testing/test-database"
import { type ScriptedAnswer, startScriptedProvider } from "@strudel-agent/model-provider/testing/scripted-provider"
import { createAgentPort } from "@strudel-agent/server/src/agent-port.ts"
import { startRunSweep } from "@strudel-agent/server/src/background/run-sweep.ts"
import { buildDoor } from "@strudel-agent/server/src/door.ts"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import { pino } from "pino"
import { expect } from "vitest"
import { startWorker, type Worker, type WorkerOptions } from "../worker.ts"

const pool = { size: 6, maxOverflow: 8, recycleSeconds: 3600, commandTimeoutSeconds: 20, echo: false }

/** What no log, answer, page or row may tell. */
export const secretKey = "sk-test-7f3a9c51e0d84b26-never-told"

/** The real front door on a database of its own, with workers and the provider that a script makes. */
export async function startAgentStack() {
  // A worker loads this with its first run: on a busy machine that took all the time that the first test has.
  await import("../run/answer-run.ts")
  const { url: databaseUrl, close: dropDatabase } = await createTestDatabase()
  const database = createDatabase({ url: databaseUrl, pool })
  const analyser = createAnalyser()
  const provider = await startScriptedProvider([], { key: secretKey })
  const dataDir = mkdtempSync(join(tmpdir(), "strudel-agent-"))
  const environment = {
    OPENAI_API_KEY: secretKey,
    OPENAI_BASE_URL: provider.url,
    STRUDEL_AGENT_MODEL: "openai:scripted",
  }
  const printed: string[] = []
  const log = pino(
    { level: "trace" },
    new Writable({
      write(chunk, _encoding, done) {
        printed.push(String(chunk))
        done()
      },
    }),
  )
  const agent = createAgentPort({ folder: dataDir, environment })
  const door = await buildDoor({
    ...{ database, analyser, agent, version: "0.0.0", allowedHosts: [], checksPages: true, log },
  })
  const url = await door.listen({ host: "127.0.0.1", port: 0 })
  const stopSweep = startRunSweep(database, door.log)
  const client = createClient({ url })
  const workers: Worker[] = []

  const runOf = async (sessionId: string) => {
    const { runs } = await client.run.list.query({ sessionId })
    return runs[0]
  }
  return {
    ...{ url, client, database, databaseUrl, provider, dataDir, environment, printed },
    /** Starts one more process that answers, within this one. */
    work(options: Partial<WorkerOptions> = {}) {
      const worker = startWorker({ url, dataDir, environment, log, ...options })
      workers.push(worker)
      return worker
    },
    script: (...answers: ScriptedAnswer[]) => provider.script(...answers),
    /** A session that this agent answers. */
    async begin(options: { projectId?: string; changeMode?: ChangeMode; itemId?: string } = {}) {
      const { itemId, ...rest } = options
      const about = itemId === undefined ? {} : ({ itemType: "clip", itemId } as const)
      const session = await client.session.create.mutate({ id: randomUUID(), answeredBy: "strudel", ...about, ...rest })
      return session.id
    },
    ask: (sessionId: string, content: string) =>
      client.message.append.mutate({ sessionId, messages: [{ role: "user", content }] }),
    run: runOf,
    /** The run of this number once it has ended. */
    async ended(sessionId: string, number = 1) {
      await expect
        .poll(
          async () => {
            const { runs } = await client.run.list.query({ sessionId })
            const run = runs.find((each) => each.number === number)
            return run !== undefined && hasEnded(run.state)
          },
          { timeout: 60_000 },
        )
        .toBe(true)
      return client.run.byNumber.query({ sessionId, number })
    },
    async messages(sessionId: string) {
      return (await client.message.list.query({ sessionId })).messages
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()))
      stopSweep()
      await door.close()
      await provider.close()
      await analyser.close()
      await database.close()
      await dropDatabase()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
export type AgentStack = Awaited<ReturnType<typeof startAgentStack>>
