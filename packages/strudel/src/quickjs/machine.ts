import releaseSync from "@jitl/quickjs-wasmfile-release-sync"
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
} from "quickjs-emscripten-core"
import { defaults, type EvaluateOptions } from "../evaluation/evaluate-options.ts"
import { inLoop } from "../evaluation/problem.ts"
import type { Answer, Problem, Stage } from "../result.ts"
import type { Tunings } from "../tunings.ts"
import { readAnswer } from "./answer-text.ts"
import { ownCpuClock } from "./cpu-clock.ts"
import { seconds } from "./duration.ts"
import { beginScript, most, prelude } from "./prelude.ts"
import { prepareCode } from "./prepare-code.ts"
import type { Analysis } from "./protocol.ts"

const pagesPerMegabyte = 16
const memoryPages = 64 * pagesPerMegabyte
/** What Emscripten's build begins with; WebAssembly refuses less. */
const firstPages = 16 * pagesPerMegabyte
const stackBytes = 256 * 1024
/** Milliseconds of CPU after the deadline in which the engine may still say where the code was stopped. */
const grace = 250

export interface Sources {
  engine: string
  /** A script that is run before the engine. */
  host: string
  /** The scales that a piece of code may name. */
  tuningsOf(code: string): Tunings
  wasm: Uint8Array<ArrayBuffer>
}

/** QuickJS with the engine loaded; every analysis finds it as if it had just been started. */
export interface Machine {
  /** Answers, whatever the code does; throws when QuickJS itself broke, and must then not be used again. */
  analyse(analysis: Analysis): Answer
}

/**
 * Starts QuickJS in 64 MB of memory and loads the engine, once. Its memory is remembered then and put back after every
 * analysis: that takes a millisecond or some, a fresh start a quarter of a second, and nothing can leak.
 */
export async function startMachine({ engine, host, wasm, tuningsOf }: Sources): Promise<Machine> {
  // QuickJS's own limit does not count here: compiled to WebAssembly, it cannot tell how large its blocks are.
  const memory = new WebAssembly.Memory({ initial: firstPages, maximum: memoryPages })
  const variant = newVariant(releaseSync, { wasmBinary: wasm.buffer, wasmMemory: memory })
  const quickjs = await newQuickJSWASMModuleFromVariant(variant)
  const runtime = quickjs.newRuntime()
  runtime.setMaxStackSize(stackBytes)
  const context = runtime.newContext()
  const evaluate = (script: string, name: string) => context.unwrapResult(context.evalCode(script, name))
  const runNextTimer = evaluate(prelude, "prelude.js")
  evaluate(host, "host-of-quickjs.js").dispose()
  evaluate(engine, "engine.js").dispose()
  const functions = evaluate(beginScript, "begin.js")
  const inside = (name: string) => context.getProp(functions, name)
  const entries = { begin: inside("begin"), explain: inside("explain"), read: inside("read"), runNextTimer }
  const guest = { runtime, context, memory, entries }
  // The first run makes QuickJS's wrapper keep handles that later runs reuse; they must be part of the picture.
  runGuest(guest, { code: 's("bd")', options: { cycles: 1 }, deadline: 10_000 })
  const restore = rememberMemory(memory)
  return {
    analyse(analysis) {
      const tunings = tuningsOf(analysis.code)
      const answer = runGuest(guest, { ...analysis, options: { ...analysis.options, tunings } })
      restore()
      return answer
    },
  }
}

function rememberMemory(memory: WebAssembly.Memory): () => void {
  const picture = new Uint8Array(memory.buffer).slice()
  return () => {
    const bytes = new Uint8Array(memory.buffer)
    bytes.set(picture)
    bytes.fill(0, picture.length)
  }
}

interface Guest {
  runtime: QuickJSRuntime
  context: QuickJSContext
  memory: WebAssembly.Memory
  /** What the host calls; clip code cannot reach them. */
  entries: Record<"begin" | "explain" | "read" | "runNextTimer", QuickJSHandle>
}

function runGuest(guest: Guest, { code, options, deadline }: Analysis): Answer {
  const asked = { ...defaults, ...options }
  const clock = stopAt(guest.runtime, deadline)
  const thrown = begin(guest, code, asked) ?? settle(guest, clock)
  if (thrown) explain(guest, "run", thrown)
  else if (!isAnswered(guest) && !isFull(guest)) explain(guest, clock.over() ? "timeout" : "run", neverSettles)
  const text = readText(guest)
  const answer = text === null ? failed(outOfMemory) : (readAnswer(text, asked) ?? failed(unreadable))
  return clock.stopped() ? timedOut(deadline, answer) : answer
}

interface Clock {
  stopped(): boolean
  over(): boolean
}

const cpu = ownCpuClock()

/** Stops code that has used so many milliseconds of CPU, however long a busy machine took to give it these. */
function stopAt(runtime: QuickJSRuntime, milliseconds: number): Clock {
  const begun = cpu()
  let limit = milliseconds
  let stopped = false
  // A thread uses no more CPU than time passes, so nothing is asked before it may be over.
  let nextLook = performance.now() + limit
  const over = () => {
    const now = performance.now()
    if (now < nextLook) return false
    const left = limit - (cpu() - begun)
    if (left <= 0) return true
    nextLook = now + left
    return false
  }
  runtime.setInterruptHandler(() => {
    if (!over()) return false
    if (!stopped) {
      limit += grace
      nextLook = performance.now() + grace
    }
    stopped = true
    return true
  })
  return { over, stopped: () => stopped }
}

/** What was thrown past the engine. */
interface Thrown {
  message: string
  stack: string
}

/** Starts the evaluation; what it throws at once, or null. */
function begin(guest: Guest, code: string, options: EvaluateOptions): Thrown | null {
  return call(guest, "begin", [code, JSON.stringify(options), prepareCode(code) ?? ""]).thrown
}

/** Runs what waits for a turn, then timers, until the answer is there or nothing is left. */
function settle(guest: Guest, clock: Clock): Thrown | null {
  const { runtime, context } = guest
  while (true) {
    const jobs = runtime.executePendingJobs()
    if (jobs.error) return readThrown(context, jobs.error)
    if (isAnswered(guest) || clock.over()) return null
    const timer = call(guest, "runNextTimer", [])
    if (timer.thrown || context.sameValue(timer.value, context.false)) return timer.thrown
  }
}

/** Lets the engine say what was thrown past it, and where in the source. */
function explain(guest: Guest, stage: Stage, { message, stack }: Thrown) {
  call(guest, "explain", [stage, message, stack])
}

interface Outcome {
  value: QuickJSHandle
  thrown: Thrown | null
}

function call({ context, entries }: Guest, entry: keyof Guest["entries"], inputs: string[]): Outcome {
  const texts = inputs.map((input) => context.newString(input))
  const outcome = context.callFunction(entries[entry], context.undefined, ...texts)
  if (outcome.error) return { value: context.undefined, thrown: readThrown(context, outcome.error) }
  return { value: outcome.value, thrown: null }
}

/** What is thrown may be anything of any size, so only texts that are short enough are taken out. */
function readThrown(context: QuickJSContext, error: QuickJSHandle): Thrown {
  const isObject = context.typeof(error) === "object"
  const own = (name: string) =>
    textOf(context, context.getProp(error, name), most[name === "stack" ? "stack" : "message"])
  const message = isObject ? own("message") : textOf(context, error, most.message)
  return { message: message ?? "It threw something that is no error", stack: (isObject && own("stack")) || "" }
}

function textOf(context: QuickJSContext, handle: QuickJSHandle, longest: number): string | null {
  if (context.typeof(handle) !== "string") return null
  const length = context.getNumber(context.getProp(handle, "length"))
  return length <= longest ? context.getString(handle) : null
}

const isAnswered = (guest: Guest) => guest.context.typeof(call(guest, "read", []).value) === "string"

const readText = (guest: Guest) => textOf(guest.context, call(guest, "read", []).value, most.text)

function timedOut(deadline: number, answer: Answer): Answer {
  const place = answer.ok ? nowhere : answer.error
  const isLoop = !answer.ok && answer.error.message === inLoop
  const message = `It takes more than ${seconds(deadline)} of computing${isLoop ? ": does this loop ever end?" : ""}`
  return failed({ stage: "timeout", message, line: place.line, column: place.column })
}

const nowhere = { line: null, column: null }
const outOfMemory = { stage: "run", message: "Out of memory", ...nowhere } as const
const unreadable = { stage: "run", message: "What it plays cannot be told", ...nowhere } as const
const neverSettles = { message: "It waits for something that never comes", stack: "" }

const failed = (error: Problem): Answer => ({ ok: false, error, warnings: [] })

const isFull = ({ memory }: Guest) => memory.buffer.byteLength >= memoryPages * 65_536
