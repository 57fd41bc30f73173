import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { freePort } from "@strudel-agent/process/free-port"
import { endWhenAsked } from "../ending.ts"
import { prepare } from "../prepare.ts"
import { complain, say } from "../say.ts"
import { startStack } from "../services/stack.ts"
import { buildAndRun } from "../tool.ts"

/**
 * `npm run -s bench`: measures an import of many clips, and the doors beside a plain Node server; with `-- import`,
 * `-- rates` or `-- library` that part alone, and with `--json` behind it as JSON. `--only TEXT` takes the rates whose
 * names have that in them, `--rounds` and `--seconds` say how long, and `--database URL` measures on a database that is
 * kept. With `-- hostile` it sends what costs much to a product of its own, or to one at an address that follows, and
 * measures how long others wait.
 */
export async function run(args: string[]): Promise<number> {
  endWhenAsked(130)
  const isHostile = args[0] === "hostile"
  // What programs read is JSON alone.
  const tell = args.includes("--json") ? complain : say
  await prepare({ apps: isHostile ? ["server", "web"] : ["server"], say: tell })
  const argumentsOf = async () => (isHostile && !args[1] ? ["hostile", await startProduct()] : args)
  return buildAndRun("bench", { argumentsOf })
}

/** Starts a product with an empty library of its own, which goes with this process; resolves to its address. */
async function startProduct(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), "strudel-agent-bench-"))
  process.once("exit", () => rmSync(dataDir, { recursive: true, force: true }))
  const settings = { host: "127.0.0.1", port: await freePort(), dataDir, usesEmbedded: true }
  const { url } = await startStack({ mode: "start", settings })
  return url
}
