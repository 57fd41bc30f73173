import type { Warning, WarningCode } from "../warning.ts"
import type { Entry, LeftOutReason } from "./entry.ts"
import type { LeftOut } from "./parsed-transcript.ts"

const mostLinesNamed = 100
const mostWarningsOfCode = 20

/** Collects what is told of a conversation beside its messages. */
export class TranscriptNotes {
  readonly #leftOut = new Map<LeftOutReason, LeftOut>()
  readonly #warnings: Warning[] = []
  readonly #warned = new Map<WarningCode, number>()

  leaveOut(reason: LeftOutReason, line: number): void {
    const entry = this.#leftOut.get(reason) ?? { reason, count: 0, lines: [] }
    entry.count++
    if (entry.lines.length < mostLinesNamed && entry.lines.at(-1) !== line) entry.lines.push(line)
    this.#leftOut.set(reason, entry)
  }

  /** Adds what was told of another part of the same file. */
  merge(leftOut: readonly LeftOut[]): void {
    for (const { reason, count, lines } of leftOut) {
      const entry = this.#leftOut.get(reason) ?? { reason, count: 0, lines: [] }
      entry.count += count
      entry.lines.push(...lines)
      entry.lines = [...new Set(entry.lines)].sort((one, other) => one - other).slice(0, mostLinesNamed)
      this.#leftOut.set(reason, entry)
    }
  }

  warn(code: WarningCode, message: string): void {
    const count = (this.#warned.get(code) ?? 0) + 1
    this.#warned.set(code, count)
    if (count <= mostWarningsOfCode) this.#warnings.push({ code, message })
  }

  /** Takes what an entry has to tell. */
  take({ line, leftOut, warnings = [] }: Entry): void {
    for (const reason of leftOut) this.leaveOut(reason, line)
    for (const { code, message } of warnings) this.warn(code, message)
  }

  /** By the first line of each. */
  get leftOut(): LeftOut[] {
    return [...this.#leftOut.values()].sort((one, other) => (one.lines[0] ?? 0) - (other.lines[0] ?? 0))
  }

  /** At most 20 of a kind, and how many more there were. */
  get warnings(): Warning[] {
    const warnings = [...this.#warnings]
    for (const [code, count] of this.#warned) {
      const more = count - mostWarningsOfCode
      if (more > 0) warnings.push({ code, message: `${more} more of the same kind` })
    }
    return warnings
  }
}
