import type { Controls } from "./sounds.ts"

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

/** Controls that need a processor, and what people call them. */
const effects: ReadonlyMap<string, string> = new Map([
  ...["distort", "crush", "shape", "coarse", "djf", "stretch", "transient", "lfo", "env"].map(
    (name): [string, string] => [name, name],
  ),
  ["tremolo", "tremolo"],
  ["tremolosync", "tremolo"],
  ["phaserrate", "phaser"],
  ...["lp", "hp", "bp"].flatMap((filter) =>
    filterModulation.map((part): [string, string] => [`${filter}${part}`, `${filter}${part}`]),
  ),
])

/** Controls without those that need a processor, and the names of what was left out. */
export function withoutProcessors(controls: Controls): { controls: Controls; left: string[] } {
  const left = new Set<string>()
  const strip = (from: Controls): Controls =>
    Object.fromEntries(
      Object.entries(from).flatMap(([name, value]) => {
        const effect = effects.get(name) ?? (name === "ftype" && isLadder(value) ? "ladder" : undefined)
        if (effect !== undefined) left.add(effect)
        return effect === undefined ? [[name, name === "FX" ? stripEach(value) : value]] : []
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
