import { readFileSync } from "node:fs"
import { codeOf } from "./error-code.ts"

/** Whether a process runs; one that ended but that nobody has taken notice of does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) !== "EPERM") return false
  }
  return !isZombie(pid)
}

/** In a container whose first process cares for nobody, orphans that ended stay in the list of processes. */
function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false
  try {
    return /\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"))
  } catch {
    return false
  }
}
