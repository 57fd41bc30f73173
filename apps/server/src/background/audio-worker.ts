import type { Database } from "@strudel-agent/database/client"
import { claimUnmeasured, releaseUnmeasured, type UnmeasuredVersion } from "@strudel-agent/database/queries/clip/audio"
import { type Ear, EarUnavailable } from "@strudel-agent/ear/ear"
import { storeMeasured } from "@strudel-agent/library/clip-audio"
import { type Analyser, AnalyserClosed, AnalyserUnavailable } from "@strudel-agent/strudel/analyser"
import { measureClip } from "./measure-clip.ts"
import { createPauses } from "./pauses.ts"

export interface AudioWorkerOptions {
  database: Database
  /** What tells the events; whoever gives it closes it, after this has stopped. */
  analyser: Analyser
  ear: Ear
  log?: { warn(detail: object, words: string): void } | undefined
}

export interface AudioWorker {
  /** Gives back what it has not measured. */
  stop(): Promise<void>
}

/** Times that a server may fail or end while it measures one version until it does no more. */
const mostAttempts = 3
/** Milliseconds between two looks for what was written, and after a failure; and until the ear is tried again. */
const idlePause = 3_000
const failurePause = 10_000
const absencePause = 600_000

/** Measures what every version sounds like that plays, one at a time, the newest first; servers share the work. */
export function startAudioWorker({ database, analyser, ear, log }: AudioWorkerOptions): AudioWorker {
  const { db } = database
  let stopped = false
  const pauses = createPauses()

  async function measure(version: UnmeasuredVersion & { attempts: number }): Promise<void> {
    if (version.attempts > mostAttempts) {
      await storeMeasured(db, version, { problem: "It was tried several times, and no server could measure it" })
      return
    }
    try {
      await storeMeasured(db, version, await measureClip({ analyser, ear }, version.code))
    } catch (error) {
      const isOurs = error instanceof AnalyserClosed || error instanceof AnalyserUnavailable
      if (stopped || isOurs || error instanceof EarUnavailable) await releaseUnmeasured(db, version)
      throw error
    }
  }

  /** Milliseconds until the next look. */
  async function work(): Promise<number> {
    const version = database.hasRoom() ? await claimUnmeasured(db) : undefined
    if (!version) return idlePause
    await measure(version)
    return 0
  }

  async function run(): Promise<void> {
    let failing = false
    while (!stopped) {
      const next = await work().then(
        (milliseconds) => {
          failing = false
          return milliseconds
        },
        (error: unknown) => {
          if (!stopped && !failing) log?.warn({ err: error }, "measuring a clip failed, and is tried again")
          failing = true
          return error instanceof EarUnavailable ? absencePause : failurePause
        },
      )
      if (next > 0) await pauses.wait(next)
    }
  }

  const running = run()
  return {
    async stop() {
      stopped = true
      pauses.stop()
      ear.close()
      await running
    },
  }
}
