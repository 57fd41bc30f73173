import { readdirSync } from "node:fs"
import { join } from "node:path"
import { defineConfig } from "vitest/config"

const here = import.meta.dirname
const packages = readdirSync(join(here, "packages")).map((name) => ({ name, root: join(here, "packages", name) }))
const folders = [
  { name: "database", root: join(here, "prisma") },
  ...packages,
  { name: "server", root: join(here, "apps", "server") },
  { name: "cli", root: join(here, "apps", "cli") },
  { name: "web", root: join(here, "apps", "web") },
  { name: "faults", root: join(here, "faults") },
]

/** What an older PostgreSQL cannot change: the tests of the one that comes along, of tools, of connections, and of what knows no database. */
const sameOnEach = [
  ...["**/src/embedded/**", "**/src/schema/**", "**/src/prisma-cli.test.ts"],
  ...["**/prisma/src/client.test.ts", "**/src/live/hub.test.ts"],
]
const older = process.env.STRUDEL_TEST_POSTGRES === "15"

export default defineConfig({
  test: {
    globalSetup: join(here, "prisma", "src", "testing", "test-server.ts"),
    maxWorkers: 2,
    projects: folders.map(({ name, root }) => ({
      // The page's own build compiles JSX; tests that draw a part of it need it done here.
      oxc: { jsx: { runtime: "automatic" } },
      test: {
        name,
        root,
        setupFiles: [join(here, "vitest.setup.ts")],
        include: ["**/*.test.{ts,tsx}"],
        exclude: ["**/node_modules/**", "**/dist/**", "**/generated/**", ...(older ? sameOnEach : [])],
        testTimeout: 60_000,
        hookTimeout: 120_000,
      },
    })),
  },
})
