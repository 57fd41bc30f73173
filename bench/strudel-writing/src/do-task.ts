import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { Client, Outputs } from "@strudel-agent/client/client"
import { hasEnded } from "@strudel-agent/contract/run"
import { judge, type Listen, listenTo, type Verdict } from "./judge.ts"
import type { Library, Task } from "./task.ts"

type Run = Outputs["run"]["byNumber"]

/** How a task was done, and what that took. */
export interface Done extends Verdict {
  task: Task
  run: Pick<Run, "state" | "failure" | "inputTokens" | "outputTokens" | "cost" | "model">
  seconds: number
}

export interface Doing {
  client: Client
  /** The id of the project that the task is about, which is made for it. */
  project?: string
  /** Milliseconds after which a run is stopped. */
  timeout: number
}

/** Milliseconds between two looks at a run. */
const pause = 100

/** Listens to code as the server does. */
const listenAt =
  (client: Client): Listen =>
  (code, cycles) =>
    client.clip.analyze.mutate({ code, cycles, haps: true })

/** Makes a project that holds what a task begins with. */
async function furnish({ start: { clips = {}, songs = {} } }: Task, projectId: string, client: Client): Promise<void> {
  await client.project.create.mutate({ id: projectId, name: projectId })
  for (const [id, code] of Object.entries(clips)) await client.clip.create.mutate({ projectId, id, name: id, code })
  for (const [id, clipIds] of Object.entries(songs)) {
    await client.song.create.mutate({ projectId, id, name: id, clipIds: [...clipIds] })
  }
}

/** Every clip and song of a project. */
async function readLibrary(projectId: string, client: Client): Promise<Library<string>> {
  const clips = await client.clip.list.query({ projectId, limit: 200 })
  const songs = await client.song.list.query({ projectId, limit: 200 })
  return {
    clips: Object.fromEntries(clips.items.map(({ id, code }) => [id, code])),
    songs: Object.fromEntries(songs.items.map(({ id, clipIds }) => [id, clipIds])),
  }
}

async function endOfRun(sessionId: string, { client, timeout }: Doing): Promise<Run> {
  const last = Date.now() + timeout
  for (;;) {
    const { runs } = await client.run.list.query({ sessionId, limit: 1 })
    const [run] = runs
    if (run && hasEnded(run.state)) return client.run.byNumber.query({ sessionId, number: run.number })
    if (Date.now() > last) await client.run.stop.mutate({ sessionId })
    await sleep(pause)
  }
}

/** Asks the agent of an installation for a task, in a project of its own, and judges what came of it. */
export async function doTask(task: Task, doing: Doing): Promise<Done> {
  const { client, project = `${task.id}-${randomUUID().slice(0, 8)}` } = doing
  await furnish(task, project, client)
  const { id: sessionId } = await client.session.create.mutate({
    ...{ name: task.id, projectId: project, answeredBy: "strudel", changeMode: "direct" },
  })
  const begin = performance.now()
  await client.message.append.mutate({ sessionId, messages: [{ role: "user", content: task.words }] })
  const run = await endOfRun(sessionId, doing)
  const seconds = (performance.now() - begin) / 1000
  const listen = listenAt(client)
  const before = await listenTo(task.start, listen)
  const after = await listenTo(await readLibrary(project, client), listen)
  return { task, run, seconds, ...judge(task, { before, after }) }
}
