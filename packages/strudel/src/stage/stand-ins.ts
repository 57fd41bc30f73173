import { Pattern, pure, register, signal, silence } from "@strudel/core"
import { addHydraGlobals } from "../host/hydra.ts"
import { visualNames } from "../host/names.ts"
import { currentPerformance } from "./performance.ts"
import { drawnBy, widgetMethods } from "./widgets.ts"

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
/** Scales outside of the twelve keys come from libraries of which the registry has no release. */
const tuningMethods = ["withBase", "ftrans", "ftranspose", "edoScale"]
const along = (names: string[], axes: string[]) => names.flatMap((name) => axes.map((axis) => name + axis))
/** What a phone tells of how it is moved and held, and in short; each is 0. */
const motions = [
  ...along(["acceleration", "acc", "gravity", "grav"], ["X", "Y", "Z"]),
  ...along(["rotation", "orientation", "absoluteOrientation"], ["X", "Y", "Z", "Alpha", "Beta", "Gamma"]),
  ...along(["rot", "ori", "absOri"], ["X", "Y", "Z", "A", "B", "G"]),
]

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
  "mondi",
  "initTidal",
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

const visual = new Set([...visualMethods, ...widgetMethods, ...visualFunctions, ...visualNames])
const note = (name: string) => currentPerformance().used.add(name)

/** Gives every pattern the methods that draw or send elsewhere, as methods that leave its events as they are. */
export function addStandInMethods(): void {
  for (const name of [...visualMethods, ...outputMethods, ...tuningMethods]) addStandIn(name, (pattern) => pattern)
  for (const name of widgetMethods) addStandIn(name, drawnBy)
}

function addStandIn(name: string, act: (pattern: Pattern, id: unknown) => Pattern): void {
  Object.defineProperty(Pattern.prototype, name, {
    value(this: Pattern, id: unknown) {
      note(name)
      return act(this, id)
    },
    configurable: true,
    writable: true,
  })
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
    mondi: () => silence,
    initHydra: addHydraGlobals,
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
  const quiet = quietFunctions.map((name) => [name, () => settled])
  return { ...Object.fromEntries(named), ...Object.fromEntries(quiet), ...deviceSignals(), ...functionsOfKeys() }
}

/** Patterns of what devices tell; each is 0. */
function deviceSignals(): Record<string, unknown> {
  const still = (name: string) =>
    signal(() => {
      note(name)
      return 0
    })
  return Object.fromEntries(motions.map((name) => [name, still(name)]))
}

/** Functions that read which keys are held down: none is. */
function functionsOfKeys(): Record<string, unknown> {
  const keyDown = register("keyDown", (pattern: Pattern) => {
    note("keyDown")
    return pattern.fmap(() => false)
  })
  const whenKey = register("whenKey", (_key: unknown, _change: unknown, pattern: Pattern) => {
    note("whenKey")
    return pattern
  })
  return { keyDown, whenKey }
}

const patternForHydra = (value: unknown) => () => value

/** May be awaited or thrown away. */
const settled = Promise.resolve(silence)
