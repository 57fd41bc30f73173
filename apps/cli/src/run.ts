import { resolve } from "node:path"
import type { Client } from "@strudel-agent/client/client"
import type { Answer, Fetch } from "@strudel-agent/client/fetch"
import { printable } from "@strudel-agent/importer/printable"
import { type Env, readEnv } from "./env.ts"
import { exitCodes } from "./exit-code.ts"
import { describeFailure, exitCodeOf, type FailureText, inLines } from "./failure.ts"
import type { Io } from "./terminal/io.ts"
import { jsonText } from "./terminal/json-text.ts"
import { createProgress, type Progress } from "./terminal/progress.ts"

/** One run of the command line: where it reads and writes, and how it ends. */
export class Run {
  readonly io: Io
  exitCode: number = exitCodes.done
  #json = false
  #env: Env | undefined
  #interruption: AbortSignal | undefined
  #progress: Progress | undefined
  #waitsSince: number | undefined

  constructor(io: Io) {
    this.io = io
  }

  /** The settings; throws a usage error where one of them is wrong. */
  get env(): Env {
    this.#env ??= readEnv(this.io.env, this.io.cwd)
    return this.#env
  }

  /** A signal that aborts when the user asks the command to end, which it then does in good order. */
  interruptible(how?: { quietly?: boolean }): AbortSignal | undefined {
    this.#interruption ??= this.io.interruption?.(how)
    return this.#interruption
  }

  /** Runs a program that has the terminal, such as an editor: what interrupts that one does not end this command. */
  lendTerminal<T>(work: () => Promise<T>): Promise<T> {
    return this.io.lendTerminal ? this.io.lendTerminal(work) : work()
  }

  /** Says whether the answer goes to a program: as one JSON object, and nothing beside it. */
  for({ json = false }: { json?: boolean }): this {
    this.#json = json
    return this
  }

  /** A client of the server; writes that must not be made twice are made `once`, also where the server goes away. */
  async connect({ writes = "again" }: { writes?: "again" | "once" } = {}): Promise<Client> {
    const { env } = this
    const { connect } = await import("./connect.ts")
    return connect(env, {
      writes,
      fetch: (...asked) => this.fetch(...asked),
      onWait: () => this.#sayThatItWaits(),
      isOver: () => this.#interruption?.aborted === true,
    })
  }

  #sayThatItWaits(): void {
    const { url, waitMilliseconds } = this.env
    const now = performance.now()
    // Calls that wait at the same time wait for the same server.
    const isKnown = this.#waitsSince !== undefined && now - this.#waitsSince < waitMilliseconds
    if (isKnown || waitMilliseconds === 0) return
    this.#waitsSince = now
    this.#progress?.clear()
    this.note(`No server answers at ${url}. Waiting for it for up to ${waitMilliseconds / 1000} s.`)
  }

  /** Fetches what is no call of a client. */
  async fetch(...asked: Parameters<Fetch>): Promise<Answer> {
    const fetch = this.io.fetch ?? (await import("@strudel-agent/client/node-fetch")).nodeFetch
    return fetch(...asked)
  }

  /** A path as the user means it. */
  path(path: string): string {
    return resolve(this.env.folder, path)
  }

  async progress(): Promise<Progress> {
    this.#progress = await createProgress(this.#json ? { write: () => undefined } : this.io.stderr)
    return this.#progress
  }

  /** Prints what a command found: as JSON for a program, else as text. */
  print({ json, text }: { json: () => unknown; text: () => string }): void {
    const words = this.#json ? `${jsonText(json(), 2)}\n` : text()
    if (words !== "") this.io.stdout.write(words)
  }

  /** Prints a piece of a long answer; resolves when its reader takes more, so that it does not pile up here. */
  async write(piece: string): Promise<void> {
    const { stdout } = this.io
    if (piece === "" || stdout.write(piece) !== false || !stdout.once) return
    await new Promise<void>((resolve) => stdout.once?.("drain", resolve))
  }

  /** Says something to people beside what was asked for. */
  note(text: string): void {
    if (!this.#json) this.warn(text)
  }

  /** Says something that is not to be lost, also where a program reads the answer. */
  warn(text: string): void {
    this.io.stderr.write(`${printable(text)}\n`)
  }

  describeFailure(error: unknown): FailureText {
    const { STRUDEL_URL: url = "", STRUDEL_TOKEN: token } = this.io.env
    return describeFailure(error, this.#env ?? { url, token })
  }

  /** Says what a command did; where an error ended it early, that too. Sets the exit code. */
  report({ json, lines, complete, interrupted, error }: Report): void {
    const failure = error === undefined ? undefined : this.describeFailure(error)
    this.print({
      json: () => (failure ? { ...json(), error: failure } : json()),
      text: () => [...lines(), ""].join("\n"),
    })
    if (failure) this.note(inLines(failure))
    if (interrupted) this.note("Interrupted. The same command goes on where this one ended.")
    if (interrupted) this.exitCode = exitCodes.interrupted
    else if (failure) this.exitCode = exitCodeOf(error)
    else this.exitCode = complete ? exitCodes.done : exitCodes.failed
    if (failure) this.#debug(error)
  }

  /** Says why the command did not do what it was to do; answers the exit code. */
  fail(error: unknown): number {
    const failure = this.describeFailure(error)
    if (this.#json) this.print({ json: () => ({ error: failure }), text: () => "" })
    else this.io.stderr.write(`${inLines(failure)}\n`)
    this.#debug(error)
    return exitCodeOf(error)
  }

  #debug(error: unknown): void {
    if (this.#env?.debug && error instanceof Error) this.warn(error.stack ?? "")
  }
}

export interface Report {
  json: () => object
  lines: () => string[]
  complete: boolean
  interrupted: boolean
  error?: unknown
}
