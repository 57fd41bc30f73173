import { type ChildProcess, fork } from "node:child_process"
import { createRequire } from "node:module"
import { constants, setPriority } from "node:os"
import { dirname, join } from "node:path"
import type { Heard } from "./heard.ts"
import { type Fetched, Job, Said, type Told } from "./job.ts"

export interface EarOptions {
  /** Answers with what is kept of an address; nothing is fetched for the ear. Default: nothing is kept. */
  kept?: (url: string) => Promise<{ type: string; bytes: Uint8Array } | null>
  /** Whether the children let all others compute first. */
  givesWay?: boolean
  /** Milliseconds after which a child is ended that has not answered, on whatever it waits. Default five minutes. */
  deadline?: number
  /** Where the package's build lies. Default: its own `dist`. */
  folder?: string
}

/** A job of which nothing can be heard, and why: it took too long or too much, or cannot be rendered. */
export class NotHeard extends Error {
  override name = "NotHeard"
}

/** The child does not start, whatever it is to listen to. */
export class EarUnavailable extends Error {
  override name = "EarUnavailable"
}

export interface Ear {
  /** Renders and measures; rejects with `NotHeard` or `EarUnavailable`, or as its signal says, which ends the child. */
  listen(job: Job, signal?: AbortSignal): Promise<Heard>
  /** Ends what is being listened to, which rejects with `EarUnavailable`, as does all that is asked afterwards. */
  close(): void
}

/** Megabytes of what the child's own objects may take; sound lies beside them, and is bounded by the job. */
const mostHeap = 512
const startDeadline = 60_000

/**
 * Listens without a browser. Each job is rendered in a process of its own, which ends with it: nothing is left in memory
 * between two of them, and what breaks it breaks nothing else.
 */
export function createEar({
  kept = async () => null,
  givesWay = false,
  deadline = 300_000,
  folder = ownBuild(),
}: EarOptions = {}): Ear {
  const children = new Set<ChildProcess>()
  let isClosed = false

  async function answer(url: string): Promise<Fetched> {
    const found = await kept(url).catch(() => null)
    if (!found) return { status: 0, contentType: "", body: null }
    return { status: 200, contentType: found.type, body: Uint8Array.from(found.bytes).buffer }
  }

  function start(): ChildProcess {
    const child = fork(join(folder, "child.mjs"), {
      env: {},
      execArgv: [`--max-old-space-size=${mostHeap}`],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    })
    children.add(child)
    if (givesWay) giveWay(child)
    child.once("close", () => children.delete(child))
    return child
  }

  return {
    listen: (asked, signal) =>
      new Promise((resolve, reject) => {
        const job = Job.parse(asked)
        signal?.throwIfAborted()
        if (isClosed) throw new EarUnavailable("The ear is closed")
        const child = start()
        let started = false
        const settle = (act: () => void) => {
          clearTimeout(timer)
          signal?.removeEventListener("abort", giveUp)
          child.removeAllListeners("message").removeAllListeners("exit").removeAllListeners("error")
          child.on("error", () => {})
          child.kill("SIGKILL")
          act()
        }
        const late = () =>
          settle(() =>
            reject(
              started ? new NotHeard("It takes too long to render") : new EarUnavailable("The child does not start"),
            ),
          )
        const giveUp = () => settle(() => reject(signal?.reason))
        signal?.addEventListener("abort", giveUp, { once: true })
        let timer = setTimeout(late, startDeadline)
        const tell = (told: Told) => child.send(told, () => {})
        child.on("message", (message: unknown) => {
          if (message === "ready") {
            started = true
            clearTimeout(timer)
            timer = setTimeout(late, deadline)
            tell({ type: "listen", job })
            return
          }
          const said = Said.safeParse(message)
          if (!said.success) return settle(() => reject(new NotHeard("What was heard has no sense")))
          const { data } = said
          if (data.type === "asks") {
            void answer(data.url).then((fetched) => tell({ type: "fetched", ask: data.ask, ...fetched }))
          } else if (data.type === "heard") settle(() => resolve(data.heard))
          else settle(() => reject(new NotHeard(data.message)))
        })
        child.once("error", (cause) => settle(() => reject(new EarUnavailable(cause.message, { cause }))))
        child.once("exit", (code, signal) =>
          settle(() =>
            reject(
              started && !isClosed
                ? new NotHeard(`It ended the process that rendered it (${signal ?? code})`)
                : new EarUnavailable(
                    isClosed ? "The ear is closed" : `The child ended before it was ready (${signal ?? code})`,
                  ),
            ),
          ),
        )
      }),
    close() {
      isClosed = true
      for (const child of children) child.kill("SIGKILL")
    },
  }
}

/** Lets all others compute first. */
function giveWay({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It ended already, or the system does not let it.
  }
}

/** Also found from a bundle, as long as this package is a dependency of what is bundled. */
function ownBuild(): string {
  return dirname(createRequire(import.meta.url).resolve("@strudel-agent/ear/child"))
}
