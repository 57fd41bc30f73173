import { parseArgs } from "node:util"
import { runYardstick } from "@strudel-agent/strudel-writing/run"
import { measureEar } from "./ear.ts"
import { measureHostile } from "./hostile/hostile.ts"
import { measureImport } from "./import-clips.ts"
import { measureLibrary } from "./library.ts"
import { here, withDatabase } from "./place.ts"
import { compareRates } from "./rates.ts"
import { seed } from "./seed.ts"

const { values, positionals: named } = parseArgs({
  allowPositionals: true,
  options: {
    /** What was measured is printed for programs. */
    json: { type: "boolean", default: false },
    /** Of the rates only rows whose names have this in them; of what is heard, clips. */
    only: { type: "string", multiple: true, default: [] },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "3" },
    /** The address of a database to measure on: filled where it is empty, and kept. */
    database: { type: "string" },
    /** Of what an agent writes: files for what its provider answers, and of what it once answered. */
    record: { type: "string" },
    replay: { type: "string" },
    model: { type: "string" },
    minutes: { type: "string", default: "5" },
  },
})

const server = here("../../apps/server/dist/main.mjs")
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** A thousand clips that are imported, and what others notice of it. */
const compareImport = () =>
  withDatabase(async ({ start }) => {
    for (const line of await measureImport(await start(server))) say(line)
  })

const hostileUrl = named[0] === "hostile" ? named[1] : undefined
if (hostileUrl) process.exit((await measureHostile(hostileUrl, say)) ? 0 : 1)

if (named[0] === "ear") process.exit((await measureEar({ only: values.only, asJson: values.json })) ? 0 : 1)

const agentUrl = named[0] === "writing" ? named[1] : undefined
if (agentUrl) {
  const asked = runYardstick({
    url: agentUrl,
    only: values.only,
    minutes: Number(values.minutes),
    record: values.record,
    replay: values.replay,
    environment: { ...process.env, STRUDEL_AGENT_MODEL: values.model },
    say,
    tell: (words) => void process.stderr.write(`${words}\n`),
  })
  const isDone = await asked.catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return false
  })
  process.exit(isDone ? 0 : 1)
}

const isWanted = (part: "import" | "rates" | "library"): boolean => named.length === 0 || named.includes(part)

if (isWanted("import")) await compareImport()
if (isWanted("rates") || isWanted("library")) {
  await withDatabase(async ({ database, start }) => {
    await seed(database)
    const ours = await start(server)
    const peer = await start(here("peer.mjs"))
    // The rates come last: they store messages that a search would find.
    if (isWanted("library")) await measureLibrary(ours, peer, values.json)
    if (isWanted("rates")) {
      await compareRates({
        ...{ ours, peer, database },
        rounds: Number(values.rounds),
        seconds: Number(values.seconds),
        only: values.only,
        asJson: values.json,
      })
    }
  }, values.database)
}
