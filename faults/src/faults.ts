import type { Fault } from "./fault.ts"
import { databaseRestart } from "./faults/database-restart.ts"
import { kill } from "./faults/kill.ts"
import { sigterm } from "./faults/sigterm.ts"
import { streams } from "./faults/streams.ts"

/** Every fault, in the order in which they are done. */
export const faults: Fault[] = [kill, databaseRestart, sigterm, streams]
