import type { Controls } from "../sounds/sounds.ts"

/** Whether superdough's own processors run here: browsers leave them out on pages from elsewhere that came over plain http. */
export const processorsRun = (): boolean => globalThis.isSecureContext !== false

export const whyNoProcessors = "Over plain http browsers run no sound processors; over https or at localhost they do"

/** Computed sounds that need a processor, and the oscillator that comes nearest. */
const nearest: ReadonlyMap<string, "sawtooth" | "square"> = new Map([
  ["supersaw", "sawtooth"],
  ["pulse", "square"],
  ["bytebeat", "sawtooth"],
])

/** The oscillator that sounds for a computed sound whose processor does not run. */
export const oscillatorFor = (name: string) => nearest.get(name)

/** Whether a sound can be heard here, by its name at superdough. */
export const isComputable = (registered: string): boolean =>
  processorsRun() || !(nearest.has(registered) || registered.startsWith("wt_"))

const filterModulation = ["rate", "sync", "depth", "depthfrequency", "skew", "shape"]

/** Controls that need a processor. */
const effects = new Set([
  ...["distort", "crush", "shape", "coarse", "djf", "stretch", "transient", "lfo", "env"],
  ...["tremolo", "tremolosync", "phaserrate"],
  ...["lp", "hp", "bp"].flatMap((filter) => filterModulation.map((part) => filter + part)),
])
/** What people call those whose name is another. */
const calledBy = new Map([
  ["tremolosync", "tremolo"],
  ["phaserrate", "phaser"],
  ["ftype", "ladder"],
])

/** Controls without those that need a processor, and the names of what was left out. */
export function withoutProcessors(controls: Controls): { controls: Controls; left: string[] } {
  const left = new Set<string>()
  const strip = (from: Controls): Controls =>
    Object.fromEntries(
      Object.entries(from).flatMap(([name, value]) => {
        if (!effects.has(name) && !(name === "ftype" && isLadder(value))) {
          return [[name, name === "FX" ? stripEach(value) : value]]
        }
        left.add(calledBy.get(name) ?? name)
        return []
      }),
    )
  const stripEach = (value: unknown) =>
    Array.isArray(value) ? value.map((fx) => (isControls(fx) ? strip(fx) : fx)) : value
  const kept = strip(controls)
  return { controls: kept, left: [...left] }
}

const isControls = (value: unknown): value is Controls => typeof value === "object" && value !== null

/** superdough takes the name alone, not a number. */
const isLadder = (value: unknown) => value === "ladder"

/** Gives the realm the class that superdough asks what it releases for, where the browser keeps it from such pages. */
export function standInForWorklets(): void {
  if (!("AudioWorkletNode" in globalThis)) Object.assign(globalThis, { AudioWorkletNode: class {} })
}
