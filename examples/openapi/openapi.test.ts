import { execFile } from "node:child_process"
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { openTestDoor, type TestDoor } from "@strudel-agent/server/src/testing/test-door.ts"
import openapiTS, { astToString } from "openapi-typescript"
import { afterAll, beforeAll, expect, it } from "vitest"

const run = promisify(execFile)

let test: TestDoor
let folder: string
beforeAll(async () => {
  test = await openTestDoor()
  // Beside this file, so that it finds what is installed here.
  folder = await mkdtemp(join(import.meta.dirname, "generated-"))
})
afterAll(async () => {
  await test.close()
  await rm(folder, { recursive: true, force: true })
})

it("a client that is generated from /api/openapi.json type-checks and calls the server", async () => {
  const types = astToString(await openapiTS(new URL("/api/openapi.json", test.url)))
  const said = types.replaceAll(/\/\*\*.*?\*\//gs, "")
  expect(said.match(/^.*\bany\b.*$/m)).toBeNull()
  await writeFile(join(folder, "schema.d.ts"), types)
  await cp(join(import.meta.dirname, "program.ts"), join(folder, "program.ts"))
  const compilerOptions = {
    ...{ module: "nodenext", target: "es2022", lib: ["ES2023", "DOM"], strict: true, types: [], outDir: "out" },
    ...{ allowImportingTsExtensions: true, rewriteRelativeImportExtensions: true, rootDir: "." },
  }
  const globals = "declare const process: { argv: string[] }\n"
  await writeFile(join(folder, "globals.d.ts"), globals)
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }))
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc")
  const checked = await run(process.execPath, [tsc, "-p", folder]).catch((error: { stdout: string }) => error)
  expect(checked.stdout).toBe("")

  const { stdout } = await run(process.execPath, [join(folder, "out/program.js"), test.url])
  expect(stdout.split("\n")).toEqual(["409 CLIP_EXISTS", '2 s("bd*2")', "Kick", "201", "204", ""])
})
