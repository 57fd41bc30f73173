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
  contract: "packages/contract",
  library: "packages/library",
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
    compilerOptions: { ...own.compilerOptions, paths, incremental: false },
  }
  writeFileSync(join(copy, "web/tsconfig.json"), JSON.stringify(config))
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

const column = "model_name: string | null"
const reason = "  CLIP_EXISTS: {"

/** Pieces of files that are taken for others, all of them before one check, since a check takes long. */
const edits: [file: string, from: string, to: string][] = [
  ["database/src/queries/clip.ts", "  code: true,\n", ""],
  ["database/src/queries/session.ts", "  messageCount: true,\n", ""],
  ["database/src/generated/tables.ts", column, `was_${column}`],
  ["contract/src/reason.ts", reason, `  CLIP_TOO_LOUD: { code: "CONFLICT" },\n${reason}`],
  ["api/src/router/clip.ts", "  byId: reader", "  byKey: reader"],
]

describe("the type check of the web app", () => {
  let errors = ""
  beforeAll(() => {
    for (const [file, from, to] of edits) {
      const path = join(copy, file)
      const source = readFileSync(path, "utf8")
      expect(source).toContain(from)
      writeFileSync(path, source.replace(from, to))
    }
    errors = run(binary("typescript", "bin/tsc"), ["--checkers", "1", "-p", "."], join(copy, "web")).stdout
  }, 240_000)

  it("finds every module in the copy, so that its errors are those of the edits", () => {
    expect(errors).not.toMatch(/TS2307|Cannot find/)
  })

  it("breaks where a query drops a column, and in every query that names a column which is called otherwise", () => {
    expect(errors).toContain("Property 'code' is missing")
    expect(errors).toContain("messageCount")
    const queries = join(copy, "database/src/queries")
    const files = readdirSync(queries, { recursive: true, encoding: "utf8" }).filter((name) =>
      /(?<!\.test)\.ts$/.test(name),
    )
    const naming = files.filter((name) => readFileSync(join(queries, name), "utf8").includes("model_name"))
    expect(naming).toContain("session/fork.ts")
    for (const name of naming) expect(errors).toContain(`database/src/queries/${name}(`)
  })

  it("breaks where a reason has no words", () => {
    expect(errors).toMatch(/contract\/src\/reason\.ts\(\d+,\d+\): .*Property 'words' is missing/)
  })

  it("breaks where a procedure is renamed", () => {
    expect(errors).toMatch(/'byId' does not exist/)
  })
})
