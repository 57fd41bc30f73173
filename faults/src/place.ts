import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** What a product consists of; each is a process with children of its own. */
export type Part = "launcher" | "server" | "web" | "agent" | "database"

/** The whole product, started as `npm start` does. */
export interface Product {
  url: string
  dataDir: string
  /** The process of a part that runs, or undefined. */
  pidOf(part: Part): number | undefined
  /** Kills a part as soon as it runs; starts the product again where that was the launcher. */
  kill(part: Part): Promise<void>
  /** The address of its database. */
  databaseUrl(): string
  /** What its launchers said. */
  said(): string
  /** Resolves to the milliseconds until both a page and the health are answered well; undefined after so many seconds. */
  comesBack(seconds: number): Promise<number | undefined>
  /** Asks it to end; resolves to its exit code and the milliseconds that it took. */
  end(): Promise<{ code: number | null; milliseconds: number }>
  /** Processes that it ever had and that run without a launcher of it. */
  leftovers(): number[]
}

/** What faults are done in: everything that was started or made for one goes when it ends, the last first. */
export interface Place {
  /** A product that runs already, for faults that need no other. */
  product?: Product | undefined
  /** Does work when the place is left, however that happens. */
  onLeave(work: () => unknown): void
  makeFolder(): string
  leave(): Promise<void>
}

export function createPlace({ product }: Pick<Place, "product"> = {}): Place {
  const ends: (() => unknown)[] = []
  return {
    product,
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
