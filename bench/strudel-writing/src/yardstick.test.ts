import { startAgentStack } from "@strudel-agent/agent/src/testing/agent-stack.ts"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type Done, doTask } from "./do-task.ts"
import { type Recorded, readRecording, startRecorder, startReplay, writeRecording } from "./recorder.ts"
import { solve } from "./scripted-model.ts"
import { isDone, tableOf } from "./table.ts"
import { tasks } from "./tasks.ts"

const timeout = 60_000

/** One of each kind: that all are met by their solutions is tested without an agent. */
const some = tasks.filter(({ kind }, i) => tasks.findIndex((task) => task.kind === kind) === i)

let stack: Awaited<ReturnType<typeof startAgentStack>>
beforeAll(async () => {
  stack = await startAgentStack()
  stack.work()
})
afterAll(() => stack.close())

/** Lets the agent ask its model at an address. */
const askAt = (url: string) => {
  stack.environment.OPENAI_BASE_URL = url
}

it("is met by a model that knows the solutions, and by what it said once more without it", async () => {
  const { client, provider } = stack
  const answers: Recorded[] = []
  const recorder = await startRecorder(provider.url, (answer) => answers.push(answer))
  askAt(recorder.url)
  const first: Done[] = []
  for (const task of some) {
    const project = `first-${task.id}`
    provider.script(...solve(task, project))
    recorder.begin(task.id)
    first.push(await doTask(task, { client, project, timeout }))
  }
  expect(first.filter((done) => !isDone(done)).map(({ task, faults, run }) => [task.id, run.failure, faults])).toEqual(
    [],
  )
  const recording = writeRecording(answers)
  expect(recording).not.toContain("sk-")
  await recorder.close()

  // The recording names the projects of the first time: they are made anew in another library.
  const other = await startAgentStack()
  const replay = await startReplay(readRecording(recording))
  other.environment.OPENAI_BASE_URL = replay.url
  other.work()
  const again: Done[] = []
  for (const task of some) {
    replay.begin(task.id)
    again.push(await doTask(task, { client: other.client, project: `first-${task.id}`, timeout }))
  }
  expect(again.map(({ task, met, faults }) => [task.id, met, faults])).toEqual(
    first.map(({ task, met, faults }) => [task.id, met, faults]),
  )
  expect(other.provider.asked).toEqual([])
  const table = tableOf(again)
  expect(table).toContain("| all | 5 of 5 |")
  expect(table.split("\n")).toHaveLength(8)
  await replay.close()
  await other.close()
}, 120_000)

it("tells what an agent that does nothing, or fails, has not done", async () => {
  const { client, provider } = stack
  askAt(provider.url)
  const [task] = tasks
  if (!task) throw new Error("there are no tasks")
  provider.script({ text: ["I would rather not."] }, { status: 401 })
  const idle = await doTask(task, { client, timeout })
  const failed = await doTask(task, { client, timeout })
  expect([idle, failed].map(isDone)).toEqual([false, false])
  const table = tableOf([idle, failed])
  expect(table).toContain("| make | 0 of 2 | 0 of 10 |")
  expect(table).toContain("there is no clip beat")
  expect(table).toMatch(/make-four-on-the-floor: .*key/i)
})
