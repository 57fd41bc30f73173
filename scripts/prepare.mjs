// @ts-check
import { spawnSync } from "node:child_process"

/** @param {{ apps: string[] }} options */
export async function prepare({ apps }) {
  const { status } = spawnSync(process.execPath, ["scripts/run.mjs", "build", ...apps], { stdio: "inherit" })
  if (status !== 0) process.exit(status ?? 1)
}

export async function prepareSources() {
  const { status } = spawnSync("npx", ["-y", "-p", "pnpm@12.21.0", "-c", "turbo run generate"], { stdio: "inherit" })
  if (status !== 0) process.exit(status ?? 1)
}
