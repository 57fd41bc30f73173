import { join } from "node:path"
import { endWhenAsked } from "./ending.mjs"
import { toolEnvironment } from "./environment.mjs"
import { prepare } from "./prepare.mjs"
import { root } from "./project.mjs"
import { say } from "./say.mjs"
import { runNode } from "./tool.mjs"

/**
 * `npm run -s bench`: measures an import of many clips, and the doors beside a plain Node server; with `-- import`,
 * `-- rates` or `-- library` that part alone.
 */
export async function run(args) {
  endWhenAsked(130)
  await prepare({ apps: ["server"], say })
  const options = { env: toolEnvironment(), cwd: join(root, "bench") }
  const built = await runNode([join(root, "bench/build.mjs")], options)
  if (built.code !== 0) return built.code
  const { code } = await runNode([join(root, "bench/dist/main.mjs"), ...args], options)
  return code
}
