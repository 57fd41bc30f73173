import { execFile } from "node:child_process"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, test } from "vitest"
import { migrate } from "./migrate.ts"
import { createEmptyDatabase, type TestDatabase } from "./testing/test-database.ts"

const here = fileURLToPath(new URL("..", import.meta.url))
const cli = join(dirname(createRequire(import.meta.url).resolve("prisma/package.json")), "build", "index.js")
const run = promisify(execFile)
/** Each command starts Node and the engine anew. */
const timeout = 120_000

let database: TestDatabase

beforeAll(async () => {
  database = await createEmptyDatabase()
})
afterAll(() => database.close())

/** Resolves with what the command prints, rejects with it if the command fails. */
async function prisma(...args: string[]): Promise<string> {
  const env = { ...process.env, DATABASE_URL: database.url, NO_COLOR: "1" }
  const { stdout, stderr } = await run(process.execPath, [cli, ...args], { cwd: here, env })
  return stdout + stderr
}

test("what a start applies is what Prisma calls up to date", { timeout }, async () => {
  await expect(prisma("migrate", "status")).rejects.toThrow()
  await migrate({ url: database.url, directory: join(here, "migrations") })
  expect(await prisma("migrate", "status")).toContain("Database schema is up to date!")
  expect(await prisma("migrate", "deploy")).toContain("No pending migrations to apply.")
})

test("the migrations lead to the schema", { timeout }, async () => {
  const args = ["migrate", "diff", "--from-migrations", "migrations", "--to-schema", "schema.prisma"]
  expect(await prisma(...args, "--exit-code")).toContain("No difference detected.")
  await expect(
    prisma("migrate", "diff", "--from-empty", "--to-schema", "schema.prisma", "--exit-code"),
  ).rejects.toThrow()
})
