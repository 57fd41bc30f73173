import { Pattern, pure, silence } from "@strudel/core"
import { currentPerformance } from "./performance.ts"
import { widgetMethods } from "./widgets.ts"

const visualMethods = [
  "pianoroll",
  "punchcard",
  "wordfall",
  "spiral",
  "scope",
  "tscope",
  "fscope",
  "spectrum",
  "pitchwheel",
  "animate",
  "draw",
  "onPaint",
  "onFrame",
  "markcss",
]
const outputMethods = [
  "midi",
  "midimaps",
  "osc",
  "csound",
  "csoundm",
  "serial",
  "mqtt",
  "webdirt",
  "dough",
  "supradough",
  "speak",
]
/** Scales outside of the twelve keys come from libraries that the engine leaves out. */
const tuningMethods = ["xen", "tune", "tuning", "withBase", "ftrans", "ftranspose", "edoScale"]

const visualFunctions = [
  "initHydra",
  "clearHydra",
  "getDrawContext",
  "cleanupDraw",
  "cleanupUi",
  "backgroundImage",
  "setTheme",
  "useTheme",
  "setFontFamily",
  "setFontSize",
]
const outputFunctions = [
  "loadOrc",
  "loadorc",
  "loadOrchestra",
  "loadCsound",
  "loadcsound",
  "midimaps",
  "defaultmidimap",
  "enableMotion",
  "gamepad",
  "midin",
  "midikeys",
  "midikeyboard",
  "tidal",
  "mondo",
  "mondolang",
  "worklet",
  "dspWorklet",
]
/** They set up the sound of the page; what plays is the same without them. */
const quietFunctions = [
  "initAudio",
  "initAudioOnFirstClick",
  "initStrudel",
  "registerSynthSounds",
  "registerZZFXSounds",
  "registerSoundfonts",
  "registerWorklet",
  "setSoundfontUrl",
  "setGainCurve",
  "setDefault",
  "setDefaultValue",
  "setDefaultValues",
  "resetDefaults",
  "resetDefaultValues",
  "setVersionDefaults",
  "setMaxPolyphony",
  "setMultiChannelOrbits",
  "setPunctuation",
  "loadBuffer",
  "getAnalyserById",
  "getAnalyzerData",
]

/** Whether a stand-in only draws, or leaves something out that was meant to be heard. */
export function kindOfStandIn(name: string): "visual" | "ignored" {
  return visual.has(name) ? "visual" : "ignored"
}

const visual = new Set([...visualMethods, ...widgetMethods, ...visualFunctions])
const note = (name: string) => currentPerformance().used.add(name)

/** Gives every pattern the methods that draw or send elsewhere, as methods that leave it as it is. */
export function addStandInMethods(): void {
  for (const name of [...visualMethods, ...widgetMethods, ...outputMethods, ...tuningMethods]) {
    Object.defineProperty(Pattern.prototype, name, {
      value(this: Pattern) {
        note(name)
        return this
      },
      configurable: true,
      writable: true,
    })
  }
}

/** Functions of strudel.cc that need a page, a sound card, a cable or the network. */
export function standInFunctions(): Record<string, unknown> {
  const results: Record<string, unknown> = {
    midin: async () => () => pure(0),
    midikeys: async () => () => silence,
    midikeyboard: async () => () => silence,
    gamepad: () => new Proxy({}, { get: () => pure(0) }),
    defaultmidimap: () => undefined,
    tidal: () => silence,
    mondo: () => silence,
    mondolang: () => silence,
    worklet: () => silence,
    H: patternForHydra,
  }
  const named = [...visualFunctions, ...outputFunctions, "H"].map((name) => {
    const act = results[name] ?? (() => settled)
    return [
      name,
      (...inputs: unknown[]) => {
        note(name)
        return typeof act === "function" ? act(...inputs) : undefined
      },
    ]
  })
  return { ...Object.fromEntries(named), ...Object.fromEntries(quietFunctions.map((name) => [name, () => settled])) }
}

const patternForHydra = (value: unknown) => () => value

/** May be awaited or thrown away. */
const settled = Promise.resolve(silence)
