import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { buildSync } from "esbuild"
import { afterAll, beforeAll, expect, it } from "vitest"
import { copyRepository } from "./testing/copy-repository.ts"

const root = join(import.meta.dirname, "../../..")
let copy: string

beforeAll(() => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), "strudel-agent-resource-")))
  copyRepository(root, copy)
  buildSync({
    entryPoints: [join(copy, "packages/new-resource/src/main.ts")],
    outfile: join(copy, "packages/new-resource/dist/main.mjs"),
    ...{ bundle: true, platform: "node", format: "esm" },
  })
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** Runs a script in the copy, without what this test runner told its workers. */
function run(folder: string, script: string, ...args: string[]) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST_?|STRUDEL_TEST_TOGETHER)/.test(name)),
  )
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    ...{ cwd: join(copy, folder), env: { ...env, CI: "1", NO_COLOR: "1" }, encoding: "utf8" },
  })
  return { status, said: `${stdout}${stderr}` }
}

/** Several checkers of one program work out anew what they share. */
const oneChecker = ["--checkers", "1"]

/** A program of a package that is installed for a folder of the copy. */
const programOf = (folder: string, name: string, path: string) =>
  join(dirname(createRequire(join(copy, folder, "package.json")).resolve(`${name}/package.json`)), path)

const generate = (...args: string[]) => run(".", "packages/new-resource/dist/main.mjs", ...args)

it.each([
  [["clip"], 'There is a resource "clip" already.'],
  [["search"], 'There is a resource "search" already.'],
  [["Sketch"], '"Sketch" is not one word'],
  [["class"], "a word of TypeScript"],
  [["order"], "a word of the code that a resource is made of"],
  [["sketch", "--plural", "sketch"], "both"],
])("refuses to make %j", (args, why) => {
  expect(generate(...args)).toEqual({ status: 1, said: expect.stringContaining(why) })
})

it.each([[[]], [["one", "two"]], [["sketch", "--colour"]]])("tells how it is called, called with %j", (args) => {
  expect(generate(...args)).toEqual({ status: 2, said: expect.stringContaining("Usage: npm run -s new-resource") })
})

it("tells what it would write, and writes nothing", () => {
  const { status, said } = generate("sketch", "--plural", "sketches", "--dry-run")
  expect(status).toBe(0)
  expect(said).toContain("writes  packages/contract/src/sketch.ts\n")
  expect(said).toContain("changes packages/api/src/root.ts\n")
  expect(() => readFileSync(join(copy, "packages/contract/src/sketch.ts"))).toThrow("ENOENT")
})

it("writes a resource that compiles in every layer, passes the linter and its own tests, and is refused again", () => {
  const made = generate("sketch", "--plural", "sketches")
  // The linter is a part of it: what does not pass is refused.
  expect(made).toEqual({ status: 0, said: expect.stringContaining("its page is /sketches") })
  expect(generate("sketch", "--plural", "sketches").said).toContain('There is a resource "sketch" already.')
  expect(run("prisma", programOf("prisma", "prisma", "build/index.js"), "generate")).toMatchObject({ status: 0 })
  // The server and the command line, which have everything but the page, in one program.
  const types = {
    extends: "./tsconfig.base.json",
    compilerOptions: { typeRoots: ["./packages/new-resource/node_modules/@types"] },
    include: ["apps/server/**/*.ts", "apps/cli/**/*.ts"],
    exclude: ["**/node_modules", "**/dist"],
  }
  writeFileSync(join(copy, "tsconfig.made.json"), JSON.stringify(types))
  const checked = run(".", programOf(".", "typescript", "bin/tsc"), ...oneChecker, "--project", "tsconfig.made.json")
  expect(checked).toEqual({ status: 0, said: "" })
  run("apps/web", programOf("apps/web", "next", "dist/bin/next"), "typegen")
  expect(run("apps/web", programOf("apps/web", "typescript", "bin/tsc"), ...oneChecker)).toEqual({
    status: 0,
    said: "",
  })

  const vitest = programOf(".", "vitest", "vitest.mjs")
  const projects = ["database", "api", "server"].flatMap((name) => ["--project", name])
  const tested = run(".", vitest, "run", ...projects, "router/sketch.test", "rest/sketch.test", "src/kinds.test")
  expect(tested).toEqual({ status: 0, said: expect.stringMatching(/Test Files\s+3 passed/) })
}, 600_000)
