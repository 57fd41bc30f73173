import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { endWhenAsked } from "./ending.mjs"
import { toolEnvironment } from "./environment.mjs"
import { freePort } from "./port.mjs"
import { prepare } from "./prepare.mjs"
import { root } from "./project.mjs"
import { complain, say } from "./say.mjs"
import { startStack } from "./stack.mjs"
import { runNode } from "./tool.mjs"

/**
 * `npm run -s bench`: measures an import of many clips, and the doors beside a plain Node server; with `-- import`,
 * `-- rates` or `-- library` that part alone, and with `--json` behind it as JSON. `--only TEXT` takes the rates whose
 * names have that in them, `--rounds` and `--seconds` say how long, and `--database URL` measures on a database that is
 * kept. With `-- hostile` it sends what costs much to a product of its own, or to one at an address that follows, and
 * measures how long others wait.
 */
export async function run(args) {
  endWhenAsked(130)
  const isHostile = args[0] === "hostile"
  // What programs read is JSON alone.
  const tell = args.includes("--json") ? complain : say
  await prepare({ apps: isHostile ? ["server", "web"] : ["server"], say: tell })
  const options = { env: toolEnvironment(), cwd: join(root, "bench") }
  const built = await runNode([join(root, "bench/build.mjs")], options)
  if (built.code !== 0) return built.code
  const given = isHostile && !args[1] ? ["hostile", await startProduct()] : args
  const { code } = await runNode([join(root, "bench/dist/main.mjs"), ...given], options)
  return code
}

/** Starts a product with an empty library of its own, which goes with this process; resolves to its address. */
async function startProduct() {
  const dataDir = mkdtempSync(join(tmpdir(), "strudel-agent-bench-"))
  process.once("exit", () => rmSync(dataDir, { recursive: true, force: true }))
  const settings = { host: "127.0.0.1", port: await freePort(), dataDir, usesEmbedded: true }
  const { url } = await startStack({ mode: "start", settings })
  return url
}
