import { evaluate } from "@strudel-agent/strudel/evaluate"
import { evaluateSong } from "@strudel-agent/strudel/evaluate-song"
import { openStage } from "@strudel-agent/strudel/perform"
import { suspectedLoop } from "@strudel-agent/strudel/suspected-loop"
import { knowTunings } from "@strudel-agent/strudel/tunings"
import type { Answers, Ask } from "./asks.ts"
import { lockDown } from "./lockdown.ts"
import { songOf } from "./song-of-plan.ts"
import { keepTimers } from "./timers.ts"
import { trimmedClip, trimmedDrawn, trimmedEvents } from "./trimmed.ts"

// Clip code may change every prototype of its realm, so what speaks to the frame is taken hold of before it runs.
const send = globalThis.postMessage.bind(globalThis)
const dataOf = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data")?.get
const read = (event: MessageEvent): Ask => (dataOf ? Reflect.apply(dataOf, event, []) : event.data)

const stage = openStage()
/** What most clips are made of. */
const everyday = `setcpm(30)
$: s("bd*2 [~ hh] <sd cp>(3,8)").bank("RolandTR909").gain(sine.range(0.4, 1).slow(4))
$: stack(note("c3 [e3 g3]*2").s("sawtooth").lpf(800), n("0 2").scale("C:minor")).room(0.3).sometimes(rev)`

async function answer(ask: Ask): Promise<Answers[Ask["type"]]> {
  switch (ask.type) {
    case "load": {
      knowTunings(ask.tunings)
      const [clip] = await stage.load([ask], ask.first)
      if (!clip) throw new Error("nothing was loaded")
      return trimmedClip(clip)
    }
    case "events":
      return trimmedEvents(stage.query(ask.name, ask), ask)
    case "draw":
      return trimmedDrawn(stage.draw(ask.name, ask))
    case "slide":
      stage.slide(ask.name, ask)
      return null
    case "analyse":
      return analyse(ask)
    case "suspect":
      return suspectedLoop(ask.code)
  }
}

function analyse({ sources, plan, from, cycles }: Extract<Ask, { type: "analyse" }>) {
  const [only] = sources
  const tunings = Object.fromEntries(sources.flatMap((source) => Object.entries(source.tunings ?? {})))
  if (sources.length === 1 && only && plan === null) return evaluate(only.code, { from, cycles, tunings })
  return evaluateSong(songOf(sources, plan), { from, cycles, tunings })
}

const turns = new MessageChannel()
const takeTurn = turns.port1.postMessage.bind(turns.port1)
let onTurn = () => {}
turns.port2.onmessage = () => onTurn()
const OwnPromise = Promise

/** Resolves when what a clip has begun without a timer is over; what has no end there keeps its own answer waiting. */
const settled = () =>
  new OwnPromise<void>((resolve) => {
    onTurn = resolve
    takeTurn(0)
  })

const clearTimers = keepTimers(globalThis)

/** One after the other, with `await` alone: clip code may have put another `then` into the prototype of promises. */
async function serve(former: Promise<void>, ask: Ask): Promise<void> {
  await former
  send({ begun: true })
  let said: { answer: unknown } | { failure: string }
  try {
    said = { answer: await answer(ask) }
  } catch (error) {
    said = { failure: String(error) }
  }
  await settled()
  clearTimers()
  send(said)
}

/** Runs the engine once before any clip: what is compiled only when it first runs would keep the first sound waiting. */
async function warmUp(): Promise<void> {
  const [clip] = await stage.load([{ name: "", code: everyday }], true)
  if (clip) trimmedClip(clip)
  const span = { begin: 0, end: 1, cps: 0.5 }
  trimmedEvents(stage.query("", span), span)
  stage.drop([""])
  clearTimers()
}

async function begin(): Promise<void> {
  // A browser in which this fails says so of every clip.
  await warmUp().catch(() => {})
  send({ ready: true })
}

let serving = begin()
globalThis.addEventListener("message", (event) => {
  serving = serve(serving, read(event))
})

lockDown(globalThis)
