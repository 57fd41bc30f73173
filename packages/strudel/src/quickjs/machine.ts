import releaseSync from "@jitl/quickjs-wasmfile-release-sync"
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
} from "quickjs-emscripten-core"
import type { EvaluateOptions } from "../evaluate-options.ts"
import { Answer, type Problem, type Stage } from "../result.ts"
import { seconds } from "./duration.ts"
import { beginScript, prelude } from "./prelude.ts"
import type { Analysis } from "./protocol.ts"

const pagesPerMegabyte = 16
const memoryPages = 64 * pagesPerMegabyte
/** What Emscripten's build begins with; WebAssembly refuses less. */
const firstPages = 16 * pagesPerMegabyte
const stackBytes = 256 * 1024
/** Time after the deadline in which the engine may still say where the code was stopped, in milliseconds. */
const grace = 250

export interface Sources {
  engine: string
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
export async function startMachine({ engine, wasm }: Sources): Promise<Machine> {
  // QuickJS's own limit does not count here: compiled to WebAssembly, it cannot tell how large its blocks are.
  const memory = new WebAssembly.Memory({ initial: firstPages, maximum: memoryPages })
  const variant = newVariant(releaseSync, { wasmBinary: wasm.buffer, wasmMemory: memory })
  const quickjs = await newQuickJSWASMModuleFromVariant(variant)
  const runtime = quickjs.newRuntime()
  runtime.setMaxStackSize(stackBytes)
  const context = runtime.newContext()
  for (const [script, name] of [
    [prelude, "prelude.js"],
    [engine, "engine.js"],
    [beginScript, "begin.js"],
  ] as const) {
    context.unwrapResult(context.evalCode(script, name)).dispose()
  }
  const guest = { runtime, context, memory }
  // The first run makes QuickJS's wrapper keep handles that later runs reuse; they must be part of the picture.
  runGuest(guest, { code: 's("bd")', options: { cycles: 1 }, deadline: 10_000 })
  const restore = rememberMemory(memory)
  return {
    analyse(analysis) {
      const answer = runGuest(guest, analysis)
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
}

function runGuest(guest: Guest, { code, options, deadline }: Analysis): Answer {
  const clock = stopAt(guest.runtime, deadline)
  const thrown = begin(guest, code, options) ?? settle(guest, clock)
  if (thrown) explain(guest, "run", thrown)
  else if (!hasAnswer(guest) && !isFull(guest)) explain(guest, "timeout", neverSettles)
  const answer = readAnswer(guest)
  if (clock.stopped()) return timedOut(deadline, answer)
  return answer ?? failed(outOfMemory)
}

interface Clock {
  stopped(): boolean
  over(): boolean
}

function stopAt(runtime: QuickJSRuntime, milliseconds: number): Clock {
  const begun = performance.now()
  let limit = begun + milliseconds
  let stopped = false
  const over = () => performance.now() >= limit
  runtime.setInterruptHandler(() => {
    if (!over()) return false
    if (!stopped) limit = begun + milliseconds + grace
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
  return call(guest, "beginAnalysis", [code, JSON.stringify(options)]).thrown
}

/** Runs what waits for a turn, then timers, until the answer is there or nothing is left. */
function settle(guest: Guest, clock: Clock): Thrown | null {
  const { runtime, context } = guest
  while (true) {
    const jobs = runtime.executePendingJobs()
    if (jobs.error) return readThrown(context, jobs.error)
    if (hasAnswer(guest) || clock.over()) return null
    const timer = call(guest, "runNextTimer", [])
    if (timer.thrown || timer.value !== true) return timer.thrown
  }
}

/** Lets the engine say what was thrown past it, and where in the source. */
function explain(guest: Guest, stage: Stage, { message, stack }: Thrown) {
  call(guest, "explain", [stage, message, stack])
}

function call({ context }: Guest, name: string, inputs: string[]): { value: unknown; thrown: Thrown | null } {
  const entry = context.getProp(context.global, name)
  const outcome = context.callFunction(entry, context.undefined, ...inputs.map((input) => context.newString(input)))
  if (outcome.error) return { value: undefined, thrown: readThrown(context, outcome.error) }
  return { value: context.dump(outcome.value), thrown: null }
}

function readThrown(context: QuickJSContext, error: QuickJSHandle): Thrown {
  const thrown: unknown = context.dump(error)
  if (typeof thrown !== "object" || thrown === null) return { message: String(thrown), stack: "" }
  const { message = "", stack = "" } = { message: undefined, stack: undefined, ...thrown }
  return { message: String(message), stack: String(stack) }
}

const hasAnswer = ({ context }: Guest) => context.typeof(context.getProp(context.global, "answer")) === "string"

/** The code shares its realm with the engine and may have tampered with it: only a well-formed answer counts. */
function readAnswer(guest: Guest): Answer | null {
  const { context } = guest
  if (!hasAnswer(guest)) return null
  try {
    const answer = Answer.safeParse(JSON.parse(context.getString(context.getProp(context.global, "answer"))))
    return answer.success ? answer.data : null
  } catch {
    return null
  }
}

function timedOut(deadline: number, answer: Answer | null): Answer {
  const place = answer && !answer.ok ? answer.error : { line: null, column: null }
  const message = `It did not finish within ${seconds(deadline)}: does it loop for ever?`
  return failed({ stage: "timeout", message, line: place.line, column: place.column })
}

const nowhere = { line: null, column: null }
const outOfMemory = { stage: "run", message: "Out of memory", ...nowhere } as const
const neverSettles = { message: "It waits for something that never comes", stack: "" }

const failed = (error: Problem): Answer => ({ ok: false, error, warnings: [] })

const isFull = ({ memory }: Guest) => memory.buffer.byteLength >= memoryPages * 65_536
