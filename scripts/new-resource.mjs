import { join } from "node:path"
import { toolEnvironment } from "./environment.mjs"
import { prepareSources } from "./prepare.mjs"
import { root } from "./project.mjs"
import { complain } from "./say.mjs"
import { runNode } from "./tool.mjs"

/** `npm run -s new-resource -- sample`: writes a resource in every layer; resolves to its exit code. */
export async function run(args) {
  await prepareSources(complain)
  const home = join(root, "packages/new-resource")
  const built = await runNode([join(home, "build.mjs")], { env: toolEnvironment(), cwd: home })
  if (built.code !== 0) return built.code
  const { code } = await runNode([join(home, "dist/main.mjs"), ...args], { env: toolEnvironment(), cwd: root })
  return code
}
