import { plainControls } from "../evaluation/plain-value.ts"
import type { SampleRequest } from "../result.ts"
import { currentPerformance } from "./performance.ts"

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null

/** Notes what the code wants to load, and loads nothing. */
async function samples(map: unknown, base?: unknown): Promise<void> {
  const { samples: requests, sampleMaps, ownSounds } = currentPerformance()
  const names = isObject(map) ? Object.keys(map).filter((name) => name !== "_base") : []
  const ownBase = isObject(map) ? map._base : undefined
  const request: SampleRequest = {
    source: typeof map === "string" ? map : null,
    base: typeof base === "string" ? base : typeof ownBase === "string" ? ownBase : null,
    names,
  }
  requests.push(request)
  sampleMaps.push({ map: typeof map === "string" ? map : plainControls(map), base: request.base })
  for (const name of names) ownSounds.add(name)
}

function define(...names: unknown[]) {
  for (const name of names) if (typeof name === "string") currentPerformance().ownSounds.add(name)
}

/** Functions that load, define or rename sounds. */
export const soundFunctions = {
  samples,
  tables: samples,
  registerSound: (name: unknown) => define(name),
  registerSampleSource: (name: unknown) => define(name),
  registerWaveTable: (name: unknown) => define(name),
  soundAlias: (_original: unknown, alias: unknown) => define(alias),
  aliasBank: async () => undefined,
  getSound: () => undefined,
  soundMap: { get: () => ({}) },
  fetch: async () => {
    throw new Error("There is no network while code is analysed")
  },
}
