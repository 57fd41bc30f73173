import { spawnSync } from "node:child_process"
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

const root = join(import.meta.dirname, "..", "..", "..")
const packages = {
  database: "prisma",
  api: "packages/api",
  client: "packages/client",
  "project-folder": "packages/project-folder",
  web: "apps/web",
}

/** A copy of the packages that the web app is made of, in which a file may be broken. */
let copy = ""

const webRequire = createRequire(join(root, "apps/web/package.json"))
const binary = (packageName: string, path: string): string =>
  join(dirname(webRequire.resolve(`${packageName}/package.json`)), path)

const run = (script: string, args: string[], cwd: string) =>
  spawnSync(process.execPath, [script, ...args], { cwd, encoding: "utf8" })

beforeAll(() => {
  const web = join(root, "apps/web")
  if (!existsSync(join(web, ".next/types/routes.d.ts"))) run(binary("next", "dist/bin/next"), ["typegen"], web)
  copy = mkdtempSync(join(tmpdir(), "strudel-agent-types-"))
  for (const [name, path] of Object.entries(packages)) {
    const [from, to] = [join(root, path), join(copy, name)]
    mkdirSync(to)
    cpSync(join(from, "src"), join(to, "src"), { recursive: true })
    cpSync(join(from, "package.json"), join(to, "package.json"))
    symlinkSync(join(from, "node_modules"), join(to, "node_modules"), "dir")
  }
  for (const file of [".next/types", "next-env.d.ts", "next.config.ts", "postcss.config.mjs"]) {
    if (existsSync(join(web, file))) cpSync(join(web, file), join(copy, "web", file), { recursive: true })
  }
  const paths = Object.fromEntries(
    Object.keys(packages).map((name) => [`@strudel-agent/${name}/*`, [`../${name}/src/*.ts`]]),
  )
  const own: { compilerOptions: object } = JSON.parse(readFileSync(join(web, "tsconfig.json"), "utf8"))
  const config = {
    ...own,
    extends: join(root, "tsconfig.base.json"),
    // What a change does not reach is not checked again.
    compilerOptions: { ...own.compilerOptions, paths, incremental: true, tsBuildInfoFile: join(copy, "tsbuildinfo") },
  }
  writeFileSync(join(copy, "web/tsconfig.json"), JSON.stringify(config))
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

type Edit = [file: string, from: string, to: string]

/** The errors of the web app's type check after pieces of files are taken for others. */
function errorsWith(...edits: Edit[]): string {
  const files = edits.map(([file, from, to]) => {
    const path = join(copy, file)
    const source = readFileSync(path, "utf8")
    expect(source).toContain(from)
    return { path, source, edited: source.replace(from, to) }
  })
  for (const { path, edited } of files) writeFileSync(path, edited)
  try {
    const { stdout, status } = run(binary("typescript", "bin/tsc"), ["-p", "."], join(copy, "web"))
    return status === 0 ? "" : stdout
  } finally {
    for (const { path, source } of files) writeFileSync(path, source)
  }
}

describe("the type check of the web app", { timeout: 240_000 }, () => {
  it("passes as it is", () => {
    expect(errorsWith()).toBe("")
  })

  it("breaks where a query drops a column, and in every query that names a column which is called otherwise", () => {
    const column = "model_name: string | null"
    const errors = errorsWith(
      ["database/src/queries/clip.ts", "  code: true,\n", ""],
      ["database/src/queries/session.ts", "  messageCount: true,\n", ""],
      ["database/src/generated/tables.ts", column, `was_${column}`],
    )
    expect(errors).toContain("Property 'code' is missing")
    expect(errors).toContain("messageCount")
    const queries = join(copy, "database/src/queries")
    const naming = readdirSync(queries).filter(
      (name) => !name.endsWith(".test.ts") && readFileSync(join(queries, name), "utf8").includes("model_name"),
    )
    expect(naming).toContain("session-fork.ts")
    for (const name of naming) expect(errors).toContain(`database/src/queries/${name}(`)
  })

  it("breaks where a reason has no words", () => {
    const reason = '  CLIP_EXISTS: "CONFLICT",\n'
    expect(errorsWith(["api/src/schema/reason.ts", reason, `${reason}  CLIP_TOO_LOUD: "CONFLICT",\n`])).toMatch(
      /src\/words\/reasons\.ts.*CLIP_TOO_LOUD/s,
    )
  })

  it("breaks where a procedure is renamed", () => {
    expect(errorsWith(["api/src/router/clip.ts", "  byId: reader", "  byKey: reader"])).toMatch(/'byId' does not exist/)
  })
})
