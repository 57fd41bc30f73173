import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest"
import { testEnvironment } from "./environment.ts"
import { makeStubProject } from "./testing/stub-project.ts"
import { until, untilEnded } from "./testing/waiting.ts"

let project: ReturnType<typeof makeStubProject>
beforeEach(() => {
  project = makeStubProject()
})
afterEach(() => project.remove())

const inProject = (file: string) => join(project.root, file)
const bundle = () => inProject("packages/launcher/dist/main.mjs")
const installed = () => inProject("packages/launcher/node_modules/esbuild")
const esbuild = join(dirname(createRequire(import.meta.url).resolve("esbuild")), "..")

/** Makes an npm that notes what it is asked for in `asked`, and does it by a program that gets the folder. */
function makeNpm(work: string): string {
  const file = inProject("npm-cli.js")
  project.write(
    "npm-cli.js",
    `const { appendFileSync, existsSync, mkdirSync, symlinkSync } = require("node:fs")
    const args = process.argv.slice(2)
    appendFileSync(${JSON.stringify(inProject("asked"))}, process.pid + " " + args.join(" ") + "\\n")
    const folder = args[args.indexOf("--prefix") + 1]
    const give = () => {
      mkdirSync(folder + "/node_modules", { recursive: true })
      symlinkSync(${JSON.stringify(esbuild)}, folder + "/node_modules/esbuild")
    }
    ${work}`,
  )
  return file
}

const asked = () => (existsSync(inProject("asked")) ? readFileSync(inProject("asked"), "utf8").trim().split("\n") : [])
const leftovers = () => readdirSync(inProject("node_modules")).filter((name) => name.startsWith(".esbuild"))

interface Run {
  child: ChildProcess
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>
}

function run(command: string, npm: string): Run {
  const env = { ...testEnvironment(), npm_lifecycle_script: "", npm_execpath: npm, STRUDEL_URL: "http://stub" }
  const child = spawn(process.execPath, ["scripts/run.mjs", command], { cwd: project.root, env })
  onTestFinished(() => void child.kill("SIGKILL"))
  const texts = { stdout: "", stderr: "" }
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (part: string) => {
      texts[name] += part
    })
  }
  return { child, ended: once(child, "close").then(() => ({ code: child.exitCode, ...texts })) }
}

test("a launcher whose sources changed is bundled by the esbuild that is installed, and only then", async () => {
  project.write("packages/launcher/node_modules/.keep", "")
  symlinkSync(esbuild, installed())
  const refuses = makeNpm("process.exit(1)")
  writeFileSync(bundle(), "throw new Error('it was not changed')")
  expect((await run("cli", refuses).ended).stderr).toContain("it was not changed")
  project.write("packages/launcher/src/refusal.ts", "export class Refusal extends Error {} // changed\n")
  expect(await run("cli", refuses).ended).toMatchObject({ code: 0, stderr: "" })
  expect(asked()).toEqual([])
})

test("without an esbuild npm fetches that of the catalog, with a cache of its own where the user's fails", async () => {
  rmSync(dirname(bundle()), { recursive: true })
  const npm = makeNpm('if (args.includes("--cache")) give(); else throw new Error("EACCES: no cache")')
  const { code, stdout, stderr } = await run("cli", npm).ended
  expect([code, stderr]).toEqual([0, "Fetching esbuild, which builds the launcher…\n"])
  // What a program reads is the command's own.
  expect(JSON.parse(stdout)).toMatchObject({ url: "http://stub" })
  expect(asked()).toHaveLength(2)
  expect(asked()[0]).toMatch(/ install --prefix \S* ?.*esbuild@0\.0\.0$/)
  expect(leftovers()).toEqual([])
})

test("the esbuild that bundled a launcher does not run on beside it", async () => {
  rmSync(dirname(bundle()), { recursive: true })
  const { child } = run("start", makeNpm("give()"))
  await until(() => existsSync(inProject(".data/server.log")))
  const { stdout } = spawnSync("ps", ["-A", "-o", "ppid=,args="], { encoding: "utf8" })
  const children = stdout.split("\n").filter((line) => Number.parseInt(line, 10) === child.pid)
  expect(children.filter((line) => line.includes("esbuild"))).toEqual([])
})

test("two starts at once of a launcher that is not bundled do not clash", async () => {
  rmSync(dirname(bundle()), { recursive: true })
  const npm = makeNpm("setTimeout(give, 200)")
  const both = await Promise.all([run("cli", npm).ended, run("cli", npm).ended])
  expect(both.map(({ code }) => code)).toEqual([0, 0])
  expect(leftovers()).toEqual([])
})

test("where esbuild cannot be fetched, it says why, and the tests count one failure", async () => {
  rmSync(dirname(bundle()), { recursive: true })
  const npm = makeNpm('console.error("npm error no network"); process.exit(1)')
  const { code, stdout, stderr } = await run("test", npm).ended
  expect([code, stdout]).toEqual([1, "0 passed, 1 failed\n"])
  expect(stderr).toMatch(/npm error no network\nFetching esbuild failed, for the reason above\.\n$/)
  expect(leftovers()).toEqual([])
})

test("what is wrong in the launcher's sources is said, and nothing fetched", async () => {
  project.write("packages/launcher/node_modules/.keep", "")
  symlinkSync(esbuild, installed())
  project.write("packages/launcher/src/refusal.ts", "export class {")
  const { code, stderr } = await run("cli", makeNpm("give()")).ended
  expect([code, asked()]).toEqual([1, []])
  expect(stderr).toContain("packages/launcher/src/refusal.ts:1:13: ERROR")
})

for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
  test(`${signal} while esbuild is fetched ends npm, too`, async () => {
    rmSync(dirname(bundle()), { recursive: true })
    const { child, ended } = run("start", makeNpm("setInterval(() => {}, 1000)"))
    await until(() => asked().length === 1)
    child.kill(signal)
    const { code } = await ended
    expect(code).toBe(signal === "SIGKILL" ? null : 0)
    await untilEnded(asked().map((line) => Number.parseInt(line, 10)))
    if (signal !== "SIGKILL") expect(leftovers()).toEqual([])
  })
}
