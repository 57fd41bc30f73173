import { endWhenAsked } from "../ending.ts"
import { prepare } from "../prepare.ts"
import { say } from "../say.ts"
import { buildAndRun } from "../tool.ts"

/**
 * `npm run -s faults`: does harm to products that it starts, and says of each fault what was done, what was seen, and
 * whether it was overcome; names behind `--` choose faults, `--list` names them, and `--rounds` and `--seed` say how
 * often and at which moments parts are killed.
 */
export async function run(args: string[]): Promise<number> {
  endWhenAsked(130)
  await prepare({ apps: ["server", "web", "cli"], say })
  return buildAndRun("faults", { argumentsOf: async () => args })
}
