import type { Database } from "@strudel-agent/database/client"
import type { SongEar } from "@strudel-agent/library/song-audio"
import type { Analyser } from "@strudel-agent/strudel/analyser"
import type { AgentPort } from "./agent-port.ts"
import type { LiveHub } from "./live/hub.ts"

/** What a call comes with, made by the door that it came through. */
export interface Context {
  database: Database
  /** Whether the caller may read and write: true where the server asks for no token, or was given the right one. */
  authorised: boolean
  /** What tells readers of this process what came. */
  live: LiveHub
  /** What listens to code: other people's, so in machines of its own with limits. */
  analyser: Analyser
  /** What is known of the agent; without it nothing is. */
  agent?: AgentPort | undefined
  /** Whether the server measures what clips sound like. */
  measuresAudio?: boolean
  /** What renders sections of songs and measures them, a song at a time; without it, songs are not listened to. */
  songListener?: Pick<SongEar, "enter" | "listen"> | undefined
  /** Hears of every call that wrote, by its procedure's path. */
  onWrite?: (path: string) => void
  /** Whether who calls passes JSON on as text; others get values. */
  takesText?: boolean
  /** Whether pages that PostgreSQL wrote are parsed by their schemas, as tests want it; one that does not fit fails. */
  checksPages?: boolean
  /** The network address of the caller. */
  address: string
}
