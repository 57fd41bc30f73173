import type { Database } from "@strudel-agent/database/client"

/** What a call comes with, made by the door that it came through. */
export interface Context {
  database: Database
  /** Whether the caller may read and write: true where the server asks for no token, or was given the right one. */
  authorised: boolean
}
