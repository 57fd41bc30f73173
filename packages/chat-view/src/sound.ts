import page from "text:sandbox"
import { openSandbox, type Sandbox, SandboxFailed } from "@strudel-agent/sandbox/host"
import type { Event, Problem } from "@strudel-agent/sandbox/protocol"
import type { Played } from "@strudel-agent/strudel/result"
import { mayPlay } from "./may-play.ts"

/** Cycles of a clip that are drawn. */
const drawn = 4
/** The one thing that plays. */
const key = "shown"

/** What is wrong with code, in one sentence with its line. */
export const problemInWords = ({ message, line }: Pick<Problem, "message" | "line">): string =>
  `${message.replace(/\.$/, "")}${line === null ? "" : ` (line ${line})`}`

export class Diagnostic extends Error {
  override name = "Diagnostic"
}

interface Listener {
  onPlaying(isPlaying: boolean): void
  /** Something failed while it played. */
  onProblem(words: string): void
}

/** The sandbox of the view, opened when something is first drawn or played. No sample is fetched: the built-in kit plays. */
export function createSound({ onPlaying, onProblem }: Listener) {
  let opening: Promise<Sandbox> | undefined
  /** The number of the last play or stop. */
  let change = 0
  const onEvent = (event: Event) => {
    if (event.type === "diagnostic") onProblem(problemInWords(event.problem))
    if (event.type === "arrived") onPlaying(true)
    if (event.type === "silent" && (event.change ?? change) >= change) onPlaying(false)
  }
  const begin = async () => {
    if (!(await mayPlay())) throw new SandboxFailed("unavailable", "The chat lets no code run here")
    return openSandbox({ page, fetchSample: async () => null, fetchTunings: async () => ({}), onEvent })
  }
  const open = () => {
    opening ??= begin().catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }
  return {
    /** What code plays; rejects with a `Diagnostic` where it does not. */
    async analyse(code: string): Promise<Played> {
      const sandbox = await open()
      const answer = await sandbox.analyse({ sources: [{ key, code }], cycles: drawn })
      if (!answer.ok) throw new Diagnostic(problemInWords(answer.error))
      return answer
    },
    /** Plays code in place of what plays, on the next cycle. */
    async play(code: string): Promise<void> {
      const sandbox = await open()
      const section = { id: key, cycles: drawn, cps: null, clips: [{ key, tempo: "own" as const }] }
      const { loaded } = await sandbox.play({
        change: ++change,
        sources: [{ key, code }],
        plan: { sections: [section], loop: true, align: "running" },
      })
      const problem = loaded.find((each) => each.problem !== null)?.problem
      if (problem) throw new Diagnostic(problemInWords(problem))
    },
    async stop(): Promise<void> {
      if (!opening) return
      const sandbox = await opening
      await sandbox.stop({ change: ++change })
    },
    async close(): Promise<void> {
      const sandbox = await opening?.catch(() => undefined)
      sandbox?.close()
    },
  }
}

/** Whether an error says that the sandbox does not open here, rather than that the code is at fault. */
export const isSandboxFailure = (error: unknown): boolean => error instanceof SandboxFailed
