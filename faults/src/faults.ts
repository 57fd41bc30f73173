import type { Fault } from "./fault.ts"
import { databaseRestart } from "./faults/database-restart.ts"
import { frozen } from "./faults/frozen.ts"
import { fullDisk } from "./faults/full-disk.ts"
import { inputs } from "./faults/inputs.ts"
import { kill } from "./faults/kill.ts"
import { noConnections } from "./faults/no-connections.ts"
import { runs } from "./faults/runs.ts"
import { sigterm } from "./faults/sigterm.ts"
import { streams } from "./faults/streams.ts"
import { twoOfEach } from "./faults/two-of-each.ts"

/** Every fault, in the order in which they are done. */
export const faults: Fault[] = [
  ...[kill, runs, databaseRestart, frozen, noConnections, fullDisk],
  ...[sigterm, streams, twoOfEach, inputs],
]
