import { execFileSync } from "node:child_process"
import { randomUUID } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Page } from "@playwright/test"
import type { Inputs, Outputs } from "@strudel-agent/client/client"
import { z } from "zod"
import { processTree } from "./listening-sockets.ts"
import { client, expect } from "./transcript-steps.ts"

type Event = Inputs["run"]["write"]["events"][number]
type Operation = Pick<Inputs["run"]["change"], "path" | "input">

/** A session in which this installation's agent is asked, about a clip of its own. */
export async function askAgent(text: string, row: Partial<Inputs["session"]["create"]> = {}) {
  const projectId = `runs-${randomUUID().slice(0, 8)}`
  const clip = { projectId, id: "kick" }
  await client().clip.create.mutate({ ...clip, name: "Kick", code: 's("bd*4")\n' })
  const { id } = await client().session.create.mutate({
    ...{ name: `Asked ${projectId}`, projectId, itemType: "clip", itemId: "kick", answeredBy: "strudel" },
    ...row,
  })
  await say(id, text)
  return { id, clip }
}

export const say = (sessionId: string, content: string) =>
  client().message.append.mutate({ sessionId, messages: [{ role: "user", content }] })

/** What is said while a question waits, where there is a model to ask and where there is none. */
export const waits = /The agent will answer…|Waiting for a model to ask/

/** Takes up a session's run as a process that works on runs does, and writes what a test has it write. */
export async function workOn(sessionId: string) {
  const worker = `test ${randomUUID()}`
  const claims: NonNullable<Outputs["run"]["claim"]>[] = []
  await expect
    .poll(async () => {
      const claimed = await client().run.claim.mutate({ worker })
      if (claimed?.run.sessionId === sessionId) claims.push(claimed)
      return claims.length
    })
    .toBe(1)
  const [claimed] = claims
  if (!claimed) throw new Error("nothing was claimed")
  const { run } = claimed
  const key = { sessionId, number: run.number, worker }
  let from = 0
  return {
    run,
    write: async (...events: Event[]) => {
      await client().run.write.mutate({ ...key, from, events, provider: "test", model: "a-model" })
      from += events.length
    },
    change: (callId: string, { path, input }: Operation) => client().run.change.mutate({ ...key, callId, path, input }),
    finish: (failure?: Inputs["run"]["finish"]["failure"]) =>
      client().run.finish.mutate({
        ...key,
        usage: { inputTokens: 12_400, cachedTokens: 8000, outputTokens: 830 },
        cost: 0.0123,
        ...(failure ? { failure } : {}),
      }),
  }
}

export const text = (words: string): Event => ({ type: "text", text: words })
export const call = (callId: string, title: string): Event => ({
  ...{ type: "call", callId, tool: "save_clip", title, input: {} },
})
export const result = (callId: string, words: string, ok = true): Event => ({ type: "result", callId, ok, text: words })

/** Has a clip say something else. */
export const changeOf = (clip: { projectId: string; id: string }, code: string, expectedVersion = 1): Operation => ({
  path: "clip.update",
  input: { ...clip, code, expectedVersion },
})

export const answer = (page: Page) => page.getByRole("article", { name: "The agent's answer" })

const Launcher = z.object({ pid: z.number() })

/** The agents that the tested product runs, whose data folder E2E_DATA_DIR names. */
function agentsOfProduct(): number[] {
  const state: unknown = JSON.parse(readFileSync(join(process.env.E2E_DATA_DIR ?? "", "launcher.json"), "utf8"))
  const tree = new Set(processTree(Launcher.parse(state).pid))
  const lines = execFileSync("ps", ["-axo", "pid=,args="], { encoding: "utf8" }).split("\n")
  const agents = lines.filter((line) => line.includes("apps/agent/dist/main.mjs"))
  return agents.map((line) => Number.parseInt(line, 10)).filter((pid) => tree.has(pid))
}

/** Holds the product's own agent, so that a test has the runs to itself; answers what lets it go on. */
export function holdAgent(): () => void {
  const agents = agentsOfProduct()
  for (const pid of agents) process.kill(pid, "SIGSTOP")
  return () => {
    for (const pid of agents) process.kill(pid, "SIGCONT")
  }
}
