import type { Database } from "@strudel-agent/database/client"
import {
  type ClaimedVersion,
  claimVersions,
  countAttempt,
  releaseVersions,
  type StoredAnalysis,
  storeAnalysis,
  uncountAttempt,
} from "@strudel-agent/database/queries/clip/analysis"
import { type Analyser, AnalyserClosed, AnalyserUnavailable } from "@strudel-agent/strudel/analyser"
import { hearClip, slow } from "./hear-clip.ts"
import { createPauses } from "./pauses.ts"

export interface AnalysisWorkerOptions {
  database: Database
  /** For this alone, so that nobody who waits for an answer waits behind it; it is closed at the end. */
  analyser: Analyser
  log?: { warn(detail: object, words: string): void } | undefined
  /** Does the work with a version, and tells of it. */
  trace?: (<T>(name: string, work: () => Promise<T>) => Promise<T>) | undefined
}

export interface AnalysisWorker {
  /** Looks at once: a clip may have been written. */
  wake(): void
  /** Gives back what it has not listened to. */
  stop(): Promise<void>
}

/** Versions that are claimed at once; listening to each takes some milliseconds, or seconds where it has to be stopped. */
const batch = 8
/** Times that a server may fail or end while it listens to one version until it listens to it no more. */
const mostAttempts = 3
/** Milliseconds between two looks for what other servers wrote, between any two, and after a failure. */
const idlePause = 2_000
const leastPause = 50
const failurePause = 5_000

/** Listens to every version that nobody has listened to, one at a time, the newest first; servers share the work. */
export function startAnalysisWorker({
  database,
  analyser,
  log,
  trace = (_, work) => work(),
}: AnalysisWorkerOptions): AnalysisWorker {
  const { db } = database
  let stopped = false
  let woken = false
  let failing = false
  const pauses = createPauses()

  const warn = (version: ClaimedVersion) => (err: unknown) => {
    const { projectId, id, version: number } = version
    log?.warn({ err, projectId, id, version: number }, "listening to a clip failed, and is tried again")
  }

  /** What is found of a version; null where listening to it failed, which leaves it claimed for a while. */
  async function hear(version: ClaimedVersion, attempts: number): Promise<StoredAnalysis | null> {
    if (attempts > mostAttempts) return slow
    try {
      return await hearClip(analyser, version.code)
    } catch (error) {
      if (error instanceof AnalyserClosed || error instanceof AnalyserUnavailable) {
        await uncountAttempt(db, version)
        throw error
      }
      warn(version)(error)
      return null
    }
  }

  /** Listens to a batch, each version by itself, and gives back what it did not come to; answers how many there were. */
  async function work(): Promise<number> {
    const claimed = database.hasRoom() ? await claimVersions(db, batch) : []
    const left = [...claimed]
    // One is stored while the next is listened to.
    let storing = Promise.resolve()
    try {
      for (const version of claimed) {
        if (stopped) break
        const found = await trace("analyse clip", async () => {
          const attempts = await countAttempt(db, version)
          return attempts === null ? null : hear(version, attempts)
        })
        left.shift()
        await storing
        if (found) storing = storeAnalysis(db, version, found).catch(warn(version))
      }
    } finally {
      await storing
      await releaseVersions(db, left)
    }
    return claimed.length
  }

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false
      const count = await work().catch((error: unknown) => {
        // Said once: it is tried again until it works.
        const isNews = !failing && !(error instanceof AnalyserClosed)
        if (isNews) log?.warn({ err: error }, "listening to clips failed, and is tried again")
        return "failed" as const
      })
      failing = count === "failed"
      if (count === "failed") await pauses.wait(failurePause)
      else if (count < batch) await pauses.wait(woken ? leastPause : idlePause)
    }
  }

  const running = run()
  return {
    wake() {
      woken = true
      pauses.end()
    },
    async stop() {
      stopped = true
      pauses.stop()
      await analyser.close()
      await running
    },
  }
}
