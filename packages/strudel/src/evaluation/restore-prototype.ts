import { calculateSteps, useRNG as chooseRandom, Pattern, reset_state, strudelScope } from "@strudel/core"
import { resetVoicings, voicingRegistry } from "@strudel/tonal"
import { renewHost } from "../host/host.ts"
import { readTextsAsNotation } from "../stage/placeless-notation.ts"

interface Snapshot {
  methods: PropertyDescriptorMap
  functions: Record<string, unknown>
  voicings: Record<string, unknown>
}

/** Remembers Strudel as it stands before any clip has run. */
export function rememberStrudel(): Snapshot {
  return {
    methods: Object.getOwnPropertyDescriptors(Pattern.prototype),
    functions: { ...strudelScope },
    voicings: { ...voicingRegistry },
  }
}

/** Global names that clips have set. */
const leftGlobals = new Set<PropertyKey>()

/** Runs `work` and remembers the global names that are there after it and were not before. */
export async function noteGlobals<Result>(work: () => Promise<Result>): Promise<Result> {
  const before = new Set(Reflect.ownKeys(globalThis))
  try {
    return await work()
  } finally {
    for (const name of Reflect.ownKeys(globalThis)) if (!before.has(name)) leftGlobals.add(name)
  }
}

/**
 * Undoes what earlier clips left behind: methods of `register`, own voicings, switches and global names. To be called
 * between separate clips; the clips of one song see each other's functions.
 */
export function restoreStrudel(snapshot: Snapshot): void {
  restore(Pattern.prototype, snapshot.methods)
  restore(strudelScope, Object.getOwnPropertyDescriptors(snapshot.functions))
  restore(voicingRegistry, Object.getOwnPropertyDescriptors(snapshot.voicings))
  for (const name of leftGlobals) Reflect.deleteProperty(globalThis, name)
  leftGlobals.clear()
  renewHost()
  resetVoicings()
  readTextsAsNotation()
  chooseRandom("legacy")
  calculateSteps(true)
  reset_state()
}

function restore(target: object, properties: PropertyDescriptorMap) {
  for (const name of Reflect.ownKeys(target)) {
    if (!Object.hasOwn(properties, name)) Reflect.deleteProperty(target, name)
  }
  for (const name of Reflect.ownKeys(properties)) {
    const descriptor = properties[String(name)]
    if (descriptor && typeof name === "string") Object.defineProperty(target, name, descriptor)
  }
}
