import { fetchSampleMap, processSampleMap, type SampleBank } from "superdough/index.mjs"
import * as z from "zod/mini"

const dough = "https://raw.githubusercontent.com/felixroos/dough-samples/main"

/** The maps that strudel.cc has ready. Of a name that is in several, the first counts. */
const usualMaps = [
  `${dough}/tidal-drum-machines.json`,
  `${dough}/piano.json`,
  `${dough}/Dirt-Samples.json`,
  `${dough}/EmuSP12.json`,
  `${dough}/vcsl.json`,
  `${dough}/mridangam.json`,
  "https://raw.githubusercontent.com/tidalcycles/uzu-drumkit/main/strudel.json",
  "https://raw.githubusercontent.com/tidalcycles/uzu-wavetables/main/strudel.json",
]

/** Short names of drum machines: `{ "RolandTR909": "TR909", … }`. */
const aliases = "https://raw.githubusercontent.com/todepond/samples/main/tidal-drum-machines-alias.json"

export interface KnownSound {
  bank: SampleBank
  /** The map it is listed in. */
  source: string
}
export type SoundMap = Map<string, KnownSound>

export interface MapRequest {
  map: string | { [name: string]: unknown }
  base: string | null
}

const AliasMap = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
const isMap = (value: unknown): value is object => typeof value === "object" && value !== null

/** Names as superdough looks them up. */
export const keyOf = (name: string): string => name.toLowerCase().replace(/\s+/g, "_")

/** Reads the map that a clip names or brings; rejects in words. */
export async function readMap({ map, base }: MapRequest): Promise<SoundMap> {
  const sounds: SoundMap = new Map()
  if (typeof map === "string") {
    const found = await fetchSampleMap(map)
    // A map without a base means files beside itself; superdough forgets the slash between.
    const beside = found && isMap(found[0]) && !("_base" in found[0]) ? found[1].replace(/\/*$/, "/") : found?.[1]
    if (found && isMap(found[0])) take(sounds, { map: found[0], base: base ?? beside ?? "", source: map })
  } else {
    take(sounds, { map, base: base ?? "", source: base ?? "the clip" })
  }
  return sounds
}

function take(sounds: SoundMap, { map, base, source }: { map: object; base: string; source: string }) {
  const own = Object.fromEntries(Object.entries(map).filter(([name]) => name !== "_base"))
  const note = (name: string, bank: SampleBank) => {
    if (!sounds.has(keyOf(name))) sounds.set(keyOf(name), { bank, source })
  }
  processSampleMap(own, note, "_base" in map && typeof map._base === "string" ? map._base : base)
}

/** Reads what strudel.cc has ready, as far as it can be had; `failed` are the maps that could not. */
export async function readUsualMaps(): Promise<{ sounds: SoundMap; failed: string[] }> {
  const failed: string[] = []
  const read = async (map: string): Promise<SoundMap> =>
    readMap({ map, base: null }).catch(() => {
      failed.push(map)
      return new Map()
    })
  const maps = await Promise.all(usualMaps.map(read))
  const sounds: SoundMap = new Map(maps.reverse().flatMap((map) => [...map]))
  await addAliases(sounds).catch(() => failed.push(aliases))
  return { sounds, failed }
}

async function addAliases(sounds: SoundMap): Promise<void> {
  const response = await fetch(aliases)
  const names = Object.entries(AliasMap.parse(await response.json()))
  const shorts = new Map(names.map(([bank, short]) => [bank.toLowerCase(), [short].flat()]))
  for (const [name, sound] of [...sounds]) {
    const [bank = "", drum] = name.split("_")
    if (!drum) continue
    for (const short of shorts.get(bank) ?? []) sounds.set(keyOf(`${short}_${drum}`), sound)
  }
}
