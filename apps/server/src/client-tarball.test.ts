import { execFile } from "node:child_process"
import { mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openTestDoor, type TestDoor } from "./testing/test-door.ts"

const run = promisify(execFile)
const clientFolder = fileURLToPath(new URL("../../../packages/client/", import.meta.url))
const clientModules = createRequire(join(clientFolder, "package.json"))

let test: TestDoor
let folder: string
beforeAll(async () => {
  test = await openTestDoor()
  folder = await realpath(await mkdtemp(join(tmpdir(), "strudel-agent-client-")))
})
afterAll(async () => {
  await test.close()
  await rm(folder, { recursive: true, force: true })
})

/** A program of somebody else: right calls, and two that have to be refused by their types. */
const program = `
import { createClient, type Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"

const strudel = createClient({ url: process.argv[2] ?? "", timeout: 30_000 })
const session: Outputs["session"]["create"] = await strudel.session.create.mutate({ name: "From outside" })
await strudel.message.append.mutate({ sessionId: session.id, messages: [{ role: "user", content: "Hello" }] })
for await (const { content, messageIndex } of strudel.follow(session.id)) {
  console.log(messageIndex.toFixed(), content.toUpperCase())
  break
}
try {
  await strudel.clip.byId.query({ projectId: "none", id: "none" })
} catch (error) {
  console.log(reasonOf(error) === "CLIP_NOT_FOUND")
}

export const wrong = () => [
  // @ts-expect-error There is no such field.
  strudel.session.create.mutate({ title: "x" }),
  // @ts-expect-error There is no such reason.
  reasonOf(undefined) === "NO_REASON",
]
`

it("is installed from its tarball outside of the repository, type-checks there, and calls the server", async () => {
  await run(process.execPath, [join(clientFolder, "build.mjs"), join(folder, "built")])
  await run("npm", ["pack", "--pack-destination", folder], { cwd: join(folder, "built") })
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"))
  const installed = (name: string) => `file:${dirname(clientModules.resolve(`${name}/package.json`))}`

  const project = join(folder, "project")
  await run("mkdir", [project])
  const manifest = {
    type: "module",
    dependencies: {
      "@strudel-agent/client": `file:${join(folder, tarball ?? "")}`,
      "@trpc/client": installed("@trpc/client"),
      "@trpc/server": installed("@trpc/server"),
    },
    // What the tarball asks a registry for is here already.
    overrides: { "@trpc/client": "$@trpc/client", "@trpc/server": "$@trpc/server" },
  }
  await writeFile(join(project, "package.json"), JSON.stringify(manifest))
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", "--legacy-peer-deps"], { cwd: project })

  await writeFile(join(project, "program.ts"), program)
  const types = dirname(dirname(createRequire(import.meta.url).resolve("@types/node/package.json")))
  const compilerOptions = {
    ...{ module: "nodenext", target: "es2022", lib: ["ES2023", "DOM"], strict: true, skipLibCheck: true },
    ...{ types: ["node"], typeRoots: [types], outDir: "out", rootDir: "." },
  }
  await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }))
  const tsc = join(dirname(clientModules.resolve("typescript/package.json")), "bin/tsc")
  const checked = await run(process.execPath, [tsc, "--checkers", "1"], { cwd: project }).catch(
    (error: { stdout: string }) => error,
  )
  expect(checked.stdout).toBe("")

  const { stdout } = await run(process.execPath, [join("out", "program.js"), test.url], { cwd: project })
  expect(stdout).toBe("0 HELLO\ntrue\n")
}, 180_000)
