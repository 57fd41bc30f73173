import { prepareSources } from "../prepare.ts"
import { root } from "../project.ts"
import { warn } from "../say.ts"
import { buildAndRun } from "../tool.ts"

/** `npm run -s new-resource -- sample`: writes a resource in every layer; resolves to its exit code. */
export async function run(args: string[]): Promise<number> {
  await prepareSources(warn)
  return buildAndRun("packages/new-resource", { cwd: root, argumentsOf: async () => args })
}
