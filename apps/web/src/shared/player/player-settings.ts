import { initialState, type PlayerState } from "./player-state.ts"

/** What the browser keeps of the player. */
export type PlayerSettings = Pick<PlayerState, "volume" | "network" | "matched">

const place = "player"
const usual: PlayerSettings = initialState

function readStored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "null")
  } catch {
    return null
  }
}

/** Reads how loud this browser plays, whether it loads sounds, and whether it evens out loudness; what is not there or odd is as usual. */
export function readSettings(): PlayerSettings {
  const stored = readStored()
  if (typeof stored !== "object" || stored === null) {
    return { volume: usual.volume, network: usual.network, matched: usual.matched }
  }
  const volume = "volume" in stored && typeof stored.volume === "number" ? stored.volume : usual.volume
  const network = "network" in stored && stored.network === true
  const matched = "matched" in stored && stored.matched === true
  return { volume: volume >= 0 && volume <= 1 ? volume : usual.volume, network, matched }
}

/** Keeps it; a browser without room forgets. */
export function writeSettings({ volume, network, matched }: PlayerSettings): void {
  try {
    localStorage.setItem(place, JSON.stringify({ volume, network, matched } satisfies PlayerSettings))
  } catch {}
}
