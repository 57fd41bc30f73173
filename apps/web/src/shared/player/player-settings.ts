import { isRecord } from "@strudel-agent/contract/is-record"
import { initialState, type PlayerState } from "./player-state.ts"

/** What the browser keeps of the player. */
export const settingNames = ["volume", "network", "matched"] as const
export type PlayerSettings = Pick<PlayerState, (typeof settingNames)[number]>

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
  const { volume, network, matched }: Record<string, unknown> = isRecord(stored) ? stored : {}
  return {
    volume: typeof volume === "number" && volume >= 0 && volume <= 1 ? volume : usual.volume,
    network: network === true,
    matched: matched === true,
  }
}

/** Keeps it; a browser without room forgets. */
export function writeSettings({ volume, network, matched }: PlayerSettings): void {
  try {
    localStorage.setItem(place, JSON.stringify({ volume, network, matched } satisfies PlayerSettings))
  } catch {}
}
