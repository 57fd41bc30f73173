import { setTimeout as sleep } from "node:timers/promises"
import type { Client } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { limits } from "@strudel-agent/contract/limits"
import type { Reason } from "@strudel-agent/contract/reason"
import type { RunEvent, RunWrite } from "@strudel-agent/contract/run"
import type { WorkingKey } from "./run-key.ts"
import { internalFailure, RunFailed, RunOver } from "./run-over.ts"

/** What is told of a run beside its events. */
export type RunFacts = Pick<RunWrite, "provider" | "model" | "promptHash" | "toolsHash">

interface Options {
  client: Client
  key: WorkingKey
  /** Hears once why the run cannot be gone on with. */
  onOver(why: RunOver | RunFailed): void
}

/**
 * Milliseconds between two writes, which are doubled with each in a row that was refused, up to the longest; and after
 * which the server hears that somebody is at it.
 */
const pause = { writes: 80, longest: 2000, beat: 500 }
/** Characters of the events of one write. */
const mostCharacters = 200_000
const mostOfText = Math.floor(limits.run.textBytes / 3)

/** Refusals after which nothing that is written counts. */
const over = new Set<Reason | "UNREACHABLE" | undefined>(["RUN_ENDED", "RUN_NOT_FOUND", "SESSION_NOT_FOUND"])

const isText = (event: RunEvent): event is Extract<RunEvent, { type: "text" | "reasoning" }> =>
  event.type === "text" || event.type === "reasoning"

const lengthOf = (event: RunEvent): number => ("text" in event ? event.text.length : JSON.stringify(event).length)

/** Writes what a run says to the server: the first piece at once, what follows together, each event once and in order. */
export class RunWriter {
  readonly #options: Options
  /** What was sent and may be stored or not: it is sent again as it is, so that nothing comes twice or is lost. */
  #sent: RunEvent[] = []
  #waiting: RunEvent[] = []
  #refusals = 0
  #facts: RunFacts = {}
  #stored = 0
  #last = Number.NEGATIVE_INFINITY
  #writing: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  readonly #beat: NodeJS.Timeout
  #isOver = false

  constructor(options: Options) {
    this.#options = options
    this.#beat = setInterval(() => {
      if (performance.now() - this.#last >= pause.beat && this.#rest() <= 0) this.#write()
    }, pause.beat)
  }

  describe(facts: RunFacts): void {
    this.#facts = { ...this.#facts, ...facts }
  }

  add(event: RunEvent): void {
    if (this.#isOver) return
    const last = this.#waiting.at(-1)
    if (last && isText(last) && event.type === last.type && last.text.length + event.text.length <= mostOfText) {
      this.#waiting[this.#waiting.length - 1] = { ...last, text: last.text + event.text }
    } else this.#waiting.push(event)
    this.#schedule()
  }

  /** Milliseconds until the next write is due. */
  #rest(): number {
    const whole = Math.min(pause.writes * 2 ** this.#refusals, pause.longest)
    return whole - (performance.now() - this.#last)
  }

  get #isBehind(): boolean {
    return this.#sent.length > 0 || this.#waiting.length > 0
  }

  #schedule(): void {
    if (this.#writing || this.#timer) return
    const wait = this.#rest()
    if (wait <= 0) {
      this.#write()
      return
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#write()
    }, wait)
  }

  #write(): void {
    if (this.#writing || this.#isOver) return
    this.#writing = this.#send().finally(() => {
      this.#writing = undefined
      if (this.#isBehind && !this.#isOver) this.#schedule()
    })
  }

  /** The next events that go together. */
  #batch(): RunEvent[] {
    let characters = 0
    let count = 0
    for (const event of this.#waiting.slice(0, limits.run.events)) {
      characters += lengthOf(event)
      if (count > 0 && characters > mostCharacters) break
      count++
    }
    return this.#waiting.splice(0, count)
  }

  async #send(): Promise<void> {
    const { client, key } = this.#options
    if (this.#sent.length === 0) this.#sent = this.#batch()
    const events = this.#sent
    const facts = this.#facts
    this.#last = performance.now()
    try {
      await client.run.write.mutate({ ...key, from: this.#stored, events, ...facts })
      this.#stored += events.length
      this.#sent = []
      this.#refusals = 0
      this.#facts = this.#facts === facts ? {} : this.#facts
    } catch (error) {
      const reason = reasonOf(error)
      if (over.has(reason)) this.#end(new RunOver())
      else if (reason === "RUN_TOO_LONG") this.#end(new RunFailed({ reason: "too-long", words: tooLong }))
      else if (reason === "BAD_INPUT" || reason === undefined) this.#end(new RunFailed(internalFailure))
      else {
        // The server is away or cannot store it: it is sent again, until the run is another's.
        this.#refusals++
        this.#last = performance.now()
      }
    }
  }

  #end(why: RunOver | RunFailed): void {
    this.close()
    this.#options.onOver(why)
  }

  /** Resolves once everything is stored, or nothing counts any more, or what is refused is not waited for any longer. */
  async flush(signal: AbortSignal): Promise<void> {
    while (!this.#isOver && (this.#isBehind || this.#writing)) {
      if (this.#refusals > 0 && !this.#writing) {
        await sleep(Math.max(0, this.#rest()), undefined, { signal }).catch(() => {})
        if (signal.aborted) return
      }
      clearTimeout(this.#timer)
      this.#timer = undefined
      this.#write()
      await this.#writing
    }
  }

  /** Writes no more. */
  close(): void {
    this.#isOver = true
    clearInterval(this.#beat)
    clearTimeout(this.#timer)
  }
}

const tooLong = "The answer grew longer than one answer may be. Ask for less at once."
