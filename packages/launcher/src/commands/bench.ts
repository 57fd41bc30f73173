import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { freePort } from "@strudel-agent/process/free-port"
import { endWhenAsked } from "../ending.ts"
import { prepare } from "../prepare.ts"
import { say, warn } from "../say.ts"
import { startStack } from "../services/stack.ts"
import { buildAndRun } from "../tool.ts"

/**
 * `npm run -s bench`: measures an import of many clips, and the doors beside a plain Node server; with `-- import`,
 * `-- rates` or `-- library` that part alone, and with `--json` behind it as JSON. `--only TEXT` takes the rates whose
 * names have that in them, `--rounds` and `--seconds` say how long, and `--database URL` measures on a database that is
 * kept. With `-- writing` it asks an installation of its own, whose agent has the model of the environment, for forty
 * pieces of music and judges them: `--only TEXT` takes tasks whose names have that in them, `--record FILE` keeps what a
 * provider of OpenAI's interface answers, and `--replay FILE` asks none. With `-- ear` it renders thirty seconds of each
 * sample clip without a browser, or of those that `--only TEXT` names. With `-- hostile` it sends what costs much to a
 * product of its own, or to one at an address that follows, and measures how long others wait.
 */
export async function run(args: string[]): Promise<number> {
  endWhenAsked(130)
  const [part = ""] = args
  const hasProduct = part === "hostile" || part === "writing"
  // What programs read is JSON alone.
  const print = args.includes("--json") ? warn : say
  await prepare({ apps: hasProduct ? ["server", "agent", "web"] : ["server"], say: print })
  const own = part === "writing" || (part === "hostile" && !args[1])
  const model = modelOf(args)
  const argumentsOf = async () => (own ? [part, await startProduct(), ...model, ...args.slice(1)] : args)
  // npm changes to the root of the project; files are meant from where the user is.
  const cwd = process.env.INIT_CWD || process.cwd()
  return buildAndRun("bench", part === "writing" ? { argumentsOf, cwd } : { argumentsOf })
}

/**
 * The model that is recorded, as an argument. It is taken from the environment, which would win over the settings by
 * which the agent is told to ask through the recorder.
 */
function modelOf(args: string[]): string[] {
  if (!args.includes("--record") && !args.includes("--replay")) return []
  const { STRUDEL_AGENT_MODEL: model } = process.env
  delete process.env.STRUDEL_AGENT_MODEL
  return model ? ["--model", model] : []
}

/** Starts a product with an empty library of its own, which goes with this process; resolves to its address. */
async function startProduct(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), "strudel-agent-bench-"))
  process.once("exit", () => rmSync(dataDir, { recursive: true, force: true }))
  const settings = { host: "127.0.0.1", port: await freePort(), dataDir, usesEmbedded: true }
  const { url } = await startStack({ mode: "start", settings })
  return url
}
