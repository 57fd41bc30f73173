import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** What faults are done in: everything that was started or made for one goes when it ends, the last first. */
export interface Place {
  /** Does work when the place is left, however that happens. */
  onLeave(work: () => unknown): void
  makeFolder(): string
  leave(): Promise<void>
}

export function createPlace(): Place {
  const ends: (() => unknown)[] = []
  return {
    onLeave: (work) => void ends.push(work),
    makeFolder() {
      const folder = mkdtempSync(join(tmpdir(), "strudel-agent-faults-"))
      ends.push(() => rmSync(folder, { recursive: true, force: true }))
      return folder
    },
    async leave() {
      for (let end = ends.pop(); end; end = ends.pop()) {
        try {
          await end()
        } catch (error) {
          process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
        }
      }
    },
  }
}
