import { existsSync, readdirSync } from "node:fs"
import { join, relative } from "node:path"
import { defineConfig } from "vitest/config"

const here = import.meta.dirname
const packages = readdirSync(join(here, "packages")).map((name) => ({ name, root: join(here, "packages", name) }))
const folders = [
  { name: "database", root: join(here, "prisma") },
  ...packages,
  { name: "agent", root: join(here, "apps", "agent") },
  { name: "server", root: join(here, "apps", "server") },
  { name: "cli", root: join(here, "apps", "cli") },
  { name: "mcp-app", root: join(here, "apps", "mcp") },
  { name: "web", root: join(here, "apps", "web") },
  { name: "faults", root: join(here, "faults") },
  { name: "strudel-writing", root: join(here, "bench", "strudel-writing") },
  { name: "examples", root: join(here, "examples") },
]

/**
 * What an older PostgreSQL cannot change: the tests of the one that comes along, of tools, of connections, of what knows
 * no database, and of what is made around statements that other tests send there as well.
 */
const sameOnEach = [
  ...["**/src/embedded/**", "**/src/prisma-cli.test.ts", "**/src/client.test.ts", "**/src/testing/**"],
  ...["**/packages/contract/**", "**/src/live/**", "**/src/page/**", "**/src/search-snippet.test.ts"],
  ...["**/src/version-change.test.ts", "**/src/folder/text-ahead.test.ts", "**/src/router/project-export.test.ts"],
  ...["**/src/router/live.test.ts", "**/src/router/message.test.ts", "**/src/router/page-bytes.test.ts"],
  ...[
    "**/src/router/memory-file.test.ts",
    "**/src/router/project-import.test.ts",
    "**/src/router/clip-analysis.test.ts",
  ],
]
const older = process.env.STRUDEL_TEST_POSTGRES === "15"

/**
 * Packages whose tests mock modules, load the engine, which adds to what the language has, or change the process: each of
 * their files loads its modules for itself.
 */
const isolated = new Set(["faults", "launcher", "new-resource", "reference", "sandbox", "strudel", "strudel-writing"])

/** What a package has made once for all of its test files. */
const setupOf = (root: string) => join(root, "src", "testing", "build-once.ts")

/** The tests of some folders, which load their modules in the same way. */
const project = (name: string, root: string, roots: string[], isolate: boolean) => ({
  // The page's own build compiles JSX; tests that draw a part of it need it done here.
  oxc: { jsx: { runtime: "automatic" as const } },
  test: {
    name,
    root,
    isolate,
    globalSetup: roots.map(setupOf).filter((file) => existsSync(file)),
    setupFiles: [join(here, "vitest.setup.ts")],
    include: roots.map((each) => join(relative(root, each), "**/*.test.{ts,tsx}")),
    exclude: ["**/node_modules/**", "**/dist/**", "**/generated/**", ...(older ? sameOnEach : [])],
    // So long a busy machine may take to what usually comes at once.
    expect: { poll: { timeout: 40_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})

const projectOf = ({ name, root }: { name: string; root: string }) => project(name, root, [root], isolated.has(name))
const sharing = folders.filter(({ name }) => (older ? ["api", "database"].includes(name) : !isolated.has(name)))

/** Where all tests are run, packages that share modules do so with each other, too: one project in place of many. */
const projects =
  process.env.STRUDEL_TEST_TOGETHER === "true"
    ? [
        project(
          "together",
          here,
          sharing.map(({ root }) => root),
          false,
        ),
        ...folders.filter(({ name }) => isolated.has(name)).map(projectOf),
      ]
    : folders.map(projectOf)

export default defineConfig({
  test: {
    globalSetup: join(here, "prisma", "src", "testing", "test-server.ts"),
    // Many tests wait, for a deadline or a clock, more than they compute; an older PostgreSQL is asked beside the others.
    maxWorkers: older ? 2 : 3,
    projects,
  },
})
