import { afterAll, afterEach, expect, it } from "vitest"
import { type Fault, full, type Scale } from "./fault.ts"
import { databaseRestart } from "./faults/database-restart.ts"
import { inputs } from "./faults/inputs.ts"
import { kill } from "./faults/kill.ts"
import { runs, startAnsweringProduct } from "./faults/runs.ts"
import { sigterm } from "./faults/sigterm.ts"
import { streams } from "./faults/streams.ts"
import { createPlace, type Place, type Product } from "./place.ts"

/** A part of what the command does, which a machine that does much else gets done, too. */
const part: Scale = {
  ...full,
  ...{ rounds: 2, appends: 500, streams: 60, silentStreams: 4, streamSeconds: 6, inputs: 500, timed: false },
}

/** Where the product runs that the faults share: each leaves it as it found it, or ended. */
const shared = createPlace()
afterAll(() => shared.leave(), 60_000)
let started: Product | undefined
const product = async (): Promise<Product> => {
  if (started?.pidOf("launcher") === undefined) started = await startAnsweringProduct(shared)
  return started
}

let place: Place
afterEach(() => place.leave(), 60_000)

it.each<[string, Fault]>([
  ["parts that are killed while clients append", kill],
  ["parts that are killed while the agent answers", runs],
  ["a database that is shut down", databaseRestart],
  ["streams of which some never read", streams],
  ["inputs of every kind", inputs],
  ["a request to end while much is in flight", sigterm],
])(
  "%s: nothing that was acknowledged is lost, and everything goes on",
  async (_, fault) => {
    place = createPlace({ product: await product() })
    const { problems, skipped } = await fault.run(place, part, () => {})
    expect({ problems, skipped }).toEqual({ problems: [], skipped: undefined })
  },
  400_000,
)
