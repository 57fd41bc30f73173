import "./realm.ts"
import { messageOf } from "@strudel-agent/process/error-code"
import { mostHeard } from "../heard.ts"
import { type Fetched, type Job, mostOfJob, type Said, type Told } from "../job.ts"
import type { Layer } from "../measure/masking.ts"
import { measure } from "../measure/measure.ts"
import { layersOf } from "./layers.ts"
import { openRenderer } from "./render.ts"

const say = (said: Said) => process.send?.(said)

const asked = new Map<number, (answer: Fetched) => void>()
let asks = 0

const fetchKept = (url: string): Promise<Fetched> =>
  new Promise((resolve) => {
    const ask = ++asks
    asked.set(ask, resolve)
    say({ type: "asks", ask, url })
  })

async function listen(job: Job): Promise<Said> {
  const renderer = await openRenderer(job, fetchKept)
  const sound = await renderer.render(job.haps)
  const unheard = await renderer.unheard()
  const layers: Layer[] = []
  for (const { name, haps } of job.layers ? layersOf(job.haps) : []) {
    layers.push({ name: kept(name), sound: await renderer.render(haps, mostOfJob.layerSeconds) })
  }
  const heard = measure(sound, layers)
  return { type: "heard", heard: { ...heard, unheard: unheard.slice(0, mostHeard.names).map(kept) } }
}

const kept = (name: string) => name.slice(0, mostHeard.nameLength)

Object.assign(console, {
  log() {},
  error() {},
  /** superdough goes on without processors, and half of what it plays would not be heard. */
  warn(words: unknown) {
    if (String(words).includes("AudioWorklet")) throw new Error("The processors of sound do not load")
  },
})

// What a callback of the audio graph throws concerns no other, as in a browser.
process.on("uncaughtException", () => {})
process.send?.("ready")
process.on("disconnect", () => process.exit(0))
process.on("message", (told: Told) => {
  if (told.type === "fetched") {
    asked.get(told.ask)?.(told)
    asked.delete(told.ask)
    return
  }
  void listen(told.job)
    .catch((error: unknown): Said => ({ type: "failed", message: messageOf(error) }))
    .then((said) => process.send?.(said, () => process.exit(0)))
})
