import { type ChildProcess, fork } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { startEmbedded } from "@strudel-agent/database/embedded"
import { migrate } from "@strudel-agent/database/migrate"
import { serviceMemory } from "@strudel-agent/launcher/service-memory"
import { freePort } from "@strudel-agent/process/free-port"

/** Where a bundle finds what lies beside it. */
export const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

async function start(script: string, env: Record<string, string>): Promise<{ url: string; child: ChildProcess }> {
  const port = await freePort()
  const { flags, environment } = serviceMemory
  const child = fork(script, {
    execArgv: flags.server,
    env: { ...process.env, ...environment, ...env, PORT: `${port}`, LOG_LEVEL: "silent" },
  })
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve())
    child.once("exit", (code) => reject(new Error(`${script} ended with ${code}`)))
  })
  return { url: `http://127.0.0.1:${port}`, child }
}

export interface Place {
  /** The address of a migrated database. */
  database: string
  start(script: string): Promise<string>
}

/**
 * Gives work a migrated database, and the servers that it starts: one at an address that is told, which keeps what is in
 * it, else one of its own that goes when the work is done, as the servers do.
 */
export async function withDatabase(work: (place: Place) => Promise<void>, given?: string): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "strudel-agent-bench-"))
  const postgres = given === undefined ? await startEmbedded({ dir }) : undefined
  const children: ChildProcess[] = []
  try {
    const database = postgres?.url() ?? given ?? ""
    await migrate({ url: database, directory: here("../../prisma/migrations") })
    await work({
      database,
      async start(script) {
        const { url, child } = await start(script, { DATABASE_URL: database, HOST: "127.0.0.1", STRUDEL_EAR: "false" })
        children.push(child)
        return url
      },
    })
  } finally {
    for (const child of children) child.kill()
    await postgres?.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
