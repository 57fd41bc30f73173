import { initialState, type PlayerState } from "./player-state.ts"

/** What the browser keeps of the player. */
export type PlayerSettings = Pick<PlayerState, "volume" | "network">

const place = "player"
const usual: PlayerSettings = initialState

function readStored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "null")
  } catch {
    return null
  }
}

/** Reads how loud this browser plays and whether it loads sounds; what is not there or odd is as usual. */
export function readSettings(): PlayerSettings {
  const stored = readStored()
  if (typeof stored !== "object" || stored === null) return { volume: usual.volume, network: usual.network }
  const volume = "volume" in stored && typeof stored.volume === "number" ? stored.volume : usual.volume
  const network = "network" in stored && stored.network === true
  return { volume: volume >= 0 && volume <= 1 ? volume : usual.volume, network }
}

/** Keeps it; a browser without room forgets. */
export function writeSettings({ volume, network }: PlayerSettings): void {
  try {
    localStorage.setItem(place, JSON.stringify({ volume, network } satisfies PlayerSettings))
  } catch {}
}
