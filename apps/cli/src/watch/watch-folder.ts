import { realpath, stat } from "node:fs/promises"
import { basename } from "node:path"
import { reasonOf } from "@strudel-agent/client/reason"
import { isSlug } from "@strudel-agent/contract/item"
import { endsAll } from "@strudel-agent/importer/import-problem"
import { printableLine } from "@strudel-agent/importer/printable"
import { exitCodes } from "../exit-code.ts"
import { UsageError } from "../failure.ts"
import type { Run } from "../run.ts"
import { jsonText } from "../terminal/json-text.ts"
import { FolderEvents } from "./folder-events.ts"
import { watchProject } from "./library-events.ts"
import { ProjectSync, type SyncEvent } from "./project-sync.ts"

export interface WatchOptions {
  project?: string
  once?: boolean
  dryRun?: boolean
  json?: boolean
}

/** Milliseconds after a hint until what it is about is looked at, so that one look serves several. */
const restMilliseconds = 80
/** Milliseconds after which the folder is looked at without a hint, too: some file systems give none. */
const idleMilliseconds = 5000
/** The same where the system gives no hints. */
const pollMilliseconds = 500
/** Milliseconds until a server that was away is asked again. */
const awayMilliseconds = 2000

function inWords(event: SyncEvent): string {
  switch (event.event) {
    case "pushed":
      return `${event.path}: ${event.outcome} in the library`
    case "pulled":
      return `${event.path}: ${event.outcome} here, as it is in the library`
    case "conflict":
      return `${event.path}: changed here and in the library; the file has the library's, and ${event.kept} has yours`
    case "gone-here":
      return `${event.path}: is gone here; the library still has it`
    case "gone-there":
      return `${event.path}: is gone in the library; it stays here`
    case "refused":
      return `${event.path}: left as it is: ${event.why}`
  }
}

/** Waits for hints. */
class Hints {
  here = true
  there = true
  #wake = () => {}

  give(side: "here" | "there"): void {
    this[side] = true
    this.#wake()
  }

  /** Resolves with the next hint, or after so many milliseconds. */
  async next(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.here || this.there || signal?.aborted) return
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer)
        signal?.removeEventListener("abort", end)
        resolve()
      }
      const timer = setTimeout(end, milliseconds)
      signal?.addEventListener("abort", end)
      this.#wake = end
    })
  }
}

const rest = (milliseconds: number, signal: AbortSignal | undefined) => {
  const hints = new Hints()
  hints.here = false
  hints.there = false
  return hints.next(milliseconds, signal)
}

async function projectOf(folder: string, project: string | undefined): Promise<string> {
  const stats = await stat(folder).catch(() => undefined)
  if (!stats?.isDirectory()) throw new UsageError(`${folder}: there is no such folder.`)
  const id = project ?? basename(await realpath(folder))
  if (!isSlug(id)) throw new UsageError(`"${id}" cannot be the id of a project: name one with --project.`)
  return id
}

/** Keeps a project's folder in step with the library, both ways, until the user ends it. */
export async function watchFolder(run: Run, dir: string, options: WatchOptions): Promise<void> {
  const { once = false, dryRun = false, json = false } = options
  const folder = run.path(dir)
  const project = await projectOf(folder, options.project)
  const client = await run.connect()
  const counts = { pushed: 0, pulled: 0, conflict: 0, "gone-here": 0, "gone-there": 0, refused: 0 }
  const onEvent = (event: SyncEvent) => {
    counts[event.event]++
    if (json) run.io.stdout.write(`${jsonText({ ...event, ...(dryRun && { dryRun }) })}\n`)
    else run.note(printableLine(`${dryRun ? "Would be: " : ""}${inWords(event)}`))
  }
  const sync = await ProjectSync.open({ client, folder, url: run.env.url, project }, { dryRun, onEvent })
  const isLeft = () => counts.conflict + counts.refused > 0
  if (once || dryRun) {
    // A dry run tells each thing once, so that it waits before it looks.
    for (let looks = 0; dryRun && looks < 10 && !(await sync.isSettled()); looks++)
      await rest(restMilliseconds, undefined)
    // What the first step sent may have met something in the library, which the second one tells.
    let isDone = false
    for (let steps = 0; steps < 10 && !isDone; steps++) {
      const again = await sync.step({ library: true })
      isDone = dryRun || (!again.here && !again.there)
      if (again.here && !isDone) await rest(restMilliseconds, undefined)
    }
    if (!isDone) run.warn("Files changed all the while, so that not all are in step: run it again.")
    if (isLeft() || !isDone) run.exitCode = exitCodes.failed
    return
  }
  const signal = run.interruptible({ quietly: true })
  const hints = new Hints()
  const events = new FolderEvents(folder, () => hints.give("here"))
  const unwatch = watchProject(client, project, () => hints.give("there"))
  let isAway = false
  let isReady = false
  try {
    while (!signal?.aborted) {
      const library = hints.there
      hints.here = false
      hints.there = false
      const isWhole = await events.refresh()
      try {
        const again = await sync.step({ library: library || isAway })
        isAway = false
        if (again.there) hints.there = true
        if (again.here) hints.here = true
      } catch (error) {
        if (reasonOf(error) === undefined || !endsAll(error)) throw error
        if (!isAway)
          run.warn(`${run.describeFailure(error).message} What changes is brought in when it is there again.`)
        isAway = true
        await rest(awayMilliseconds, signal)
        continue
      }
      if (!isReady && !hints.there) {
        isReady = true
        if (json) run.io.stdout.write(`${jsonText({ event: "ready", folder, project })}\n`)
        else run.note(`${folder} is in step with the project ${project}. End it with ctrl+c.`)
      }
      await hints.next(isWhole ? idleMilliseconds : pollMilliseconds, signal)
      await rest(restMilliseconds, signal)
    }
  } finally {
    events.close()
    unwatch()
  }
  run.exitCode = exitCodes.interrupted
}
