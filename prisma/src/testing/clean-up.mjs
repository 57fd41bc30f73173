// node clean-up.mjs <folder> <data folder>: waits until its standard input ends, which it does however the process at
// the other end ends, then stops the PostgreSQL of the data folder and removes the folders.
import { readFileSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

const [dir, dataDir] = process.argv.slice(2)

for await (const _ of process.stdin);
stop()
// Immediate shutdown takes a moment.
await sleep(500)
for (const folder of [dirname(dataDir), dir]) rmSync(folder, { recursive: true, force: true, maxRetries: 10 })

function stop() {
  try {
    process.kill(Number.parseInt(readFileSync(join(dataDir, "postmaster.pid"), "utf8"), 10), "SIGQUIT")
  } catch {
    // It stopped already.
  }
}
