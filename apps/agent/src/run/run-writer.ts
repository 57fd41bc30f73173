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

/** Milliseconds between two writes, and after which the server hears that somebody is at it. */
const pause = { writes: 80, beat: 500 }
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
  #waiting: RunEvent[] = []
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
      if (performance.now() - this.#last >= pause.beat) this.#write()
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

  #schedule(): void {
    if (this.#writing || this.#timer) return
    const wait = pause.writes - (performance.now() - this.#last)
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
      if (this.#waiting.length > 0 && !this.#isOver) this.#schedule()
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
    const events = this.#batch()
    const facts = this.#facts
    this.#last = performance.now()
    try {
      await client.run.write.mutate({ ...key, from: this.#stored, events, ...facts })
      this.#stored += events.length
      this.#facts = this.#facts === facts ? {} : this.#facts
    } catch (error) {
      const reason = reasonOf(error)
      if (over.has(reason)) this.#end(new RunOver())
      else if (reason === "RUN_TOO_LONG") this.#end(new RunFailed({ reason: "too-long", words: tooLong }))
      else if (reason === "BAD_INPUT" || reason === undefined) this.#end(new RunFailed(internalFailure))
      // The server is away: what was not stored is sent again, until the run is another's.
      else this.#waiting.unshift(...events)
    }
  }

  #end(why: RunOver | RunFailed): void {
    this.close()
    this.#options.onOver(why)
  }

  /** Resolves once everything is stored, or nothing counts any more. */
  async flush(): Promise<void> {
    while (!this.#isOver && (this.#waiting.length > 0 || this.#writing)) {
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
