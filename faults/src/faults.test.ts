import { afterEach, expect, it } from "vitest"
import { type Fault, full, type Scale } from "./fault.ts"
import { databaseRestart } from "./faults/database-restart.ts"
import { inputs } from "./faults/inputs.ts"
import { kill } from "./faults/kill.ts"
import { runs } from "./faults/runs.ts"
import { sigterm } from "./faults/sigterm.ts"
import { streams } from "./faults/streams.ts"
import { createPlace, type Place } from "./place.ts"

/** A part of what the command does, which a machine that does much else gets done, too. */
const part: Scale = {
  ...full,
  ...{ rounds: 2, appends: 500, streams: 60, silentStreams: 4, streamSeconds: 6, inputs: 500, timed: false },
}

let place: Place
afterEach(() => place.leave(), 60_000)

it.each<[string, Fault]>([
  ["parts that are killed while clients append", kill],
  ["parts that are killed while the agent answers", runs],
  ["a database that is shut down", databaseRestart],
  ["a request to end while much is in flight", sigterm],
  ["streams of which some never read", streams],
  ["inputs of every kind", inputs],
])(
  "%s: nothing that was acknowledged is lost, and everything goes on",
  async (_, fault) => {
    place = createPlace()
    const { problems, skipped } = await fault.run(place, part, () => {})
    expect({ problems, skipped }).toEqual({ problems: [], skipped: undefined })
  },
  400_000,
)
