import { execFileSync } from "node:child_process"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const packages = join(dirname(fileURLToPath(import.meta.url)), "../../../../packages")

/** A global setup of vitest: builds the page that the program carries, and the sandbox in it. */
export default function setup(): void {
  for (const name of ["sandbox", "chat-view"]) {
    execFileSync(process.execPath, ["build.mjs"], { cwd: join(packages, name) })
  }
}
