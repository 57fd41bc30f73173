import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

export interface OwnProduct {
  /** The launcher. */
  process: ChildProcess
  url: string
  dataDir: string
  /** What the launcher said so far. */
  output(): string
  /** Asks it to end; resolves to its exit code and the milliseconds that it took. */
  end(): Promise<{ code: number | null; milliseconds: number }>
  /** Ends it if it still runs, and removes its data. */
  remove(): Promise<void>
}

const root = join(import.meta.dirname, "..", "..")

/** Starts the whole product beside the one that is tested, as `npm start` does, its logs where nothing can be written. */
export async function startOwnProduct(env: Record<string, string>): Promise<OwnProduct> {
  const dataDir = mkdtempSync(join(tmpdir(), "strudel-agent-own-"))
  for (const name of ["server.log", "agent.log", "web.log"]) symlinkSync("/dev/full", join(dataDir, name))
  const child = spawn(process.execPath, ["scripts/run.mjs", "start"], {
    cwd: root,
    env: {
      ...process.env,
      ...{ HOST: "127.0.0.1", PORT: "0", STRUDEL_DATA_DIR: dataDir, DATABASE_URL: "", STRUDEL_EAR: "false" },
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      output += part
    })
  }
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", () => {
      const ready = /^Ready: (\S+)$/m.exec(output)?.[1]
      if (ready) resolve(ready)
    })
    child.once("exit", () => reject(new Error(`the product did not start:\n${output}`)))
  })
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  return {
    process: child,
    url,
    dataDir,
    output: () => output,
    async end() {
      const begin = Date.now()
      child.kill("SIGTERM")
      if (!hasEnded()) await once(child, "exit")
      return { code: child.exitCode, milliseconds: Date.now() - begin }
    },
    async remove() {
      if (!hasEnded()) {
        child.kill("SIGTERM")
        await once(child, "exit")
      }
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
