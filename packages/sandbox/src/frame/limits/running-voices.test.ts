import type { OnTrigger, SoundHandle } from "superdough/index.mjs"
import { beforeEach, expect, it, vi } from "vitest"
import { endVoices, watchVoices } from "./running-voices.ts"

const registered = vi.hoisted(() => new Map<string, OnTrigger>())

vi.mock("superdough/index.mjs", () => ({
  soundMap: {
    setKey: (name: string, { onTrigger }: { onTrigger: OnTrigger }) => void registered.set(name, onTrigger),
  },
}))

class Worklet {
  ends: number[] = []
  parameters = new Map([["end", { setValueAtTime: (value: number) => this.ends.push(value) }]])
}

vi.stubGlobal("AudioWorkletNode", Worklet)

let stopped: string[]
let ended: Map<string, () => void>

/** Registers a sound whose voices are known by the name that an event gives them. */
async function registerSound(handle: (name: string) => Partial<SoundHandle> = () => ({})) {
  const { soundMap } = await import("superdough/index.mjs")
  const onTrigger: OnTrigger = (_time, { name }, onEnded) => {
    ended.set(String(name), onEnded)
    return Object.assign(Object.create(null), { stop: () => stopped.push(String(name)), ...handle(String(name)) })
  }
  soundMap.setKey("tone", { onTrigger, data: {} })
}

const strike = (orbit: string, name: string) => registered.get("tone")?.(0, { orbit, name }, () => {}, 1)

beforeEach(async () => {
  stopped = []
  ended = new Map()
  if (registered.size === 0) watchVoices()
})

it("ends the voices of one clip's orbits, and of no other", async () => {
  await registerSound()
  for (const orbit of ["c1:1", "c1:drums", "c12:1"]) await strike(orbit, orbit)
  endVoices("c1", 5)
  expect(stopped).toEqual(["c1:1", "c1:drums"])
  endVoices("c1", 6)
  expect(stopped).toHaveLength(2)
  endVoices("c12", 6)
  expect(stopped).toEqual(["c1:1", "c1:drums", "c12:1"])
})

it("forgets a voice that has ended by itself", async () => {
  await registerSound()
  await strike("c2:1", "short")
  await strike("c2:1", "long")
  ended.get("short")?.()
  endVoices("c2", 1)
  expect(stopped).toEqual(["long"])
})

it("ends processors, and goes on after a voice that cannot be ended", async () => {
  const worklet = new Worklet()
  await registerSound((name) => ({
    ...(name === "broken" && {
      stop: () => {
        throw new Error("It has ended")
      },
    }),
    ...(name === "processor" && { nodes: Object.assign(Object.create(null), { source: [worklet] }) }),
  }))
  for (const name of ["broken", "processor"]) await strike("c3:1", name)
  endVoices("c3", 7)
  expect(worklet.ends).toEqual([7])
})
