import { join } from "node:path"
import { endWhenAsked } from "./ending.mjs"
import { toolEnvironment } from "./environment.mjs"
import { prepare } from "./prepare.mjs"
import { root } from "./project.mjs"
import { say } from "./say.mjs"
import { runNode } from "./tool.mjs"

/**
 * `npm run -s faults`: does harm to products that it starts, and says of each fault what was done, what was seen, and
 * whether it was overcome; names behind `--` choose faults, `--list` names them, and `--rounds` and `--seed` say how
 * often and at which moments parts are killed.
 */
export async function run(args) {
  endWhenAsked(130)
  await prepare({ apps: ["server", "web", "cli"], say })
  const options = { env: toolEnvironment(), cwd: join(root, "faults") }
  const built = await runNode([join(root, "faults/build.mjs")], options)
  if (built.code !== 0) return built.code
  const { code } = await runNode([join(root, "faults/dist/main.mjs"), ...args], options)
  return code
}
