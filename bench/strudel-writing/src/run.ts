import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createClient } from "@strudel-agent/client/client"
import { type ChosenModel, chosenModel, type Environment } from "@strudel-agent/model-provider/chosen-model"
import { SavedSettings } from "@strudel-agent/model-provider/settings-file"
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
  /** Names the model that is recorded, as the agent's own does: one of OpenAI's interface. */
  environment: Environment
  say(words: string): void
  /** Tells how far it is, not to be read by programs. */
  tell(words: string): void
}

/** The model that is recorded; throws why none can be. */
function recordedModel(environment: Environment): ChosenModel {
  const chosen = chosenModel({ environment, saved: SavedSettings.parse({}) })
  if ("problem" in chosen) throw new Error(chosen.problem)
  const { provider, name } = chosen.model
  if (provider === "anthropic" || provider === "google") {
    throw new Error(`${name} cannot be recorded: only providers of OpenAI's interface can, such as OpenRouter.`)
  }
  return chosen.model
}

/** Makes the file of a recording; throws where there is one already, which may have been paid for. */
function createRecording(file: string): void {
  try {
    writeFileSync(file, "", { flag: "wx" })
  } catch (error) {
    if (!existsSync(file)) throw error
    throw new Error(`${file} is there already, and is not written over: name another file, or remove it first.`)
  }
}

/** What stands between the agent and its provider, and the model that it is asked for; undefined where nothing does. */
async function openDoor({ record, replay, environment }: YardstickOptions) {
  if (replay !== undefined) {
    const door = await startReplay(readRecording(readFileSync(replay, "utf8")))
    return { ...door, model: "recorded", key: undefined }
  }
  if (record === undefined) return undefined
  const { address, key, model } = recordedModel(environment)
  createRecording(record)
  let isEmpty = true
  const door = await startRecorder(address, (answer) => {
    // Each answer is kept as it comes: what was paid for is not lost with what fails later.
    appendFileSync(record, writeRecording([answer]))
    isEmpty = false
  })
  const close = async () => {
    await door.close()
    if (isEmpty) rmSync(record)
  }
  return { ...door, close, model, key }
}

/** The id of a task's project: the same each time, as a recording names it. */
const projectOf = (task: string): string => `yardstick-${task}`

/**
 * Asks the agent of an installation for each of the tasks, one after the other, and says what came of them as a table.
 * Answers whether all was done. Projects of the tasks stay in the library.
 */
export async function runYardstick(options: YardstickOptions): Promise<boolean> {
  const { url, only, minutes, say, tell } = options
  const client = createClient({ url })
  const wanted = tasks.filter(({ id }) => only.length === 0 || only.some((part) => id.includes(part)))
  const door = await openDoor(options)
  try {
    if (door) {
      await client.agent.saveSettings.mutate({
        address: { provider: "compatible", address: door.url },
        model: { provider: "compatible", model: door.model },
      })
      if (door.key) await client.agent.saveSettings.mutate({ key: { provider: "compatible", key: door.key } })
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
    return done.every(({ faults, run }) => faults.length === 0 && run.state === "finished")
  } finally {
    await door?.close()
  }
}
