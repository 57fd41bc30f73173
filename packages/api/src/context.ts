import type { Database } from "@strudel-agent/database/client"
import type { LiveHub } from "./live/hub.ts"

/** What a call comes with, made by the door that it came through. */
export interface Context {
  database: Database
  /** Whether the caller may read and write: true where the server asks for no token, or was given the right one. */
  authorised: boolean
  /** What tells readers of this process what came. */
  live: LiveHub
  /** The network address of the caller. */
  address: string
}
