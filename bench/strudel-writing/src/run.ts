import { readFileSync, writeFileSync } from "node:fs"
import { createClient } from "@strudel-agent/client/client"
import { type Done, doTask } from "./do-task.ts"
import { readRecording, startRecorder, startReplay, writeRecording } from "./recorder.ts"
import { tableOf } from "./table.ts"
import { tasks } from "./tasks.ts"

export interface YardstickOptions {
  /** The address of an installation whose agent is asked. */
  url: string
  /** Only tasks whose ids have one of these in them. */
  only: string[]
  /** Minutes after which a task is given up. */
  minutes: number
  /** A file for what the provider answers, and one of what it once answered; neither is set at the same time. */
  record?: string | undefined
  replay?: string | undefined
  /** The provider that is recorded: one of OpenAI's interface. */
  provider: { address: string; key: string | undefined; model: string }
  say(words: string): void
  /** Tells how far it is, not to be read by programs. */
  tell(words: string): void
}

/** What stands between the agent and its provider; undefined where nothing does. */
async function openDoor({ record, replay, provider }: YardstickOptions) {
  if (replay !== undefined) return { ...(await startReplay(readRecording(readFileSync(replay, "utf8")))), answers: [] }
  if (record !== undefined) return startRecorder(provider.address)
  return undefined
}

/** The id of a task's project: the same each time, as a recording names it. */
const projectOf = (task: string): string => `yardstick-${task}`

/**
 * Asks the agent of an installation for each of the tasks, one after the other, and says what came of them as a table.
 * Answers whether all was done. Projects of the tasks stay in the library.
 */
export async function runYardstick(options: YardstickOptions): Promise<boolean> {
  const { url, only, minutes, record, provider, say, tell } = options
  const client = createClient({ url })
  const wanted = tasks.filter(({ id }) => only.length === 0 || only.some((part) => id.includes(part)))
  const door = await openDoor(options)
  try {
    if (door) {
      await client.agent.saveSettings.mutate({
        address: { provider: "compatible", address: door.url },
        model: { provider: "compatible", model: provider.model },
      })
      if (provider.key) await client.agent.saveSettings.mutate({ key: { provider: "compatible", key: provider.key } })
    }
    const { problem, model } = await client.agent.status.query()
    if (problem) throw new Error(problem)
    tell(`${wanted.length} tasks for ${model}`)
    const done: Done[] = []
    for (const task of wanted) {
      door?.begin(task.id)
      const one = await doTask(task, { client, project: projectOf(task.id), timeout: minutes * 60_000 })
      done.push(one)
      tell(`${task.id}: ${one.met} of ${task.checks.length}, ${one.seconds.toFixed(1)} s`)
    }
    say(tableOf(done))
    if (record !== undefined && door) writeFileSync(record, writeRecording(door.answers))
    return done.every(({ faults, run }) => faults.length === 0 && run.state === "finished")
  } finally {
    await door?.close()
  }
}
