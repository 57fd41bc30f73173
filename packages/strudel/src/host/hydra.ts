import { currentPerformance } from "../stage/performance.ts"
import { createNothing } from "./nothing.ts"

const drawing = ["osc", "noise", "voronoi", "gradient", "solid", "src", "shape", "render", "update", "setResolution"]
const places = ["o0", "o1", "o2", "o3", "s0", "s1", "s2", "s3", "a", "mouse", "setFunction", "setBins"]
const numbers = { time: 0, width: 1280, height: 720, bpm: 30 }

/** Sets the global names that hydra draws with, as `initHydra` does on strudel.cc; they do nothing. */
export function addHydraGlobals(): void {
  const nothing = createNothing(() => currentPerformance().used.add("initHydra"))
  for (const name of [...drawing, ...places]) if (!(name in globalThis)) Reflect.set(globalThis, name, nothing)
  for (const [name, value] of Object.entries(numbers)) if (!(name in globalThis)) Reflect.set(globalThis, name, value)
}
