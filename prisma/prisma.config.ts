import { accessSync, chmodSync, constants } from "node:fs"
import { resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { defineConfig } from "prisma/config"
import { lastUrl } from "./src/embedded/state.ts"

const here = fileURLToPath(new URL(".", import.meta.url))

process.env.CHECKPOINT_DISABLE ||= "1"
process.env.PRISMA_HIDE_UPDATE_MESSAGE ||= "1"
// Windows cannot run a script as a program: there Prisma uses the engine that it downloads.
if (process.platform !== "win32") process.env.PRISMA_SCHEMA_ENGINE_BINARY ||= executable("schema-engine.mjs")

/** Completes what an archive without file modes loses. */
function executable(name: string): string {
  const file = resolve(here, name)
  try {
    accessSync(file, constants.X_OK)
  } catch {
    chmodSync(file, 0o755)
  }
  return file
}

/** Nobody listens there: for commands that need a URL but no database, such as `prisma generate`. */
const nowhere = "postgresql://127.0.0.1:1/strudel_agent"

function databaseUrl(): string {
  return process.env.DATABASE_URL || embeddedUrl() || nowhere
}

function embeddedUrl(): string | undefined {
  try {
    return lastUrl(resolve(here, "..", process.env.STRUDEL_DATA_DIR || ".data"))
  } catch {
    // Another user's database, which generating the client does not need.
    return undefined
  }
}

export default defineConfig({
  schema: "schema.prisma",
  migrations: { path: "migrations" },
  datasource: { url: databaseUrl() },
})
