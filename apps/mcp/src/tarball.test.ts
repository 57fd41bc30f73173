import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, expect, it } from "vitest"

const app = fileURLToPath(new URL("..", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "strudel-agent-tarball-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it("is a program that a tarball carries into an empty folder, and that needs nothing beside it", () => {
  const packed = join(folder, "packed")
  execFileSync(process.execPath, ["build.mjs", join(packed, "main.mjs")], { cwd: app })
  execFileSync("npm", ["pack", "--pack-destination", folder], { cwd: packed, stdio: "pipe" })
  const [tarball = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"))

  const empty = join(folder, "empty")
  mkdirSync(empty)
  writeFileSync(join(empty, "package.json"), "{}")
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", join(folder, tarball)], {
    cwd: empty,
    stdio: "pipe",
  })
  expect(readdirSync(join(empty, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
    "strudel-agent-mcp",
  ])
  const help = execFileSync(join(empty, "node_modules", ".bin", "strudel-agent-mcp"), ["--help"], { encoding: "utf8" })
  expect(help).toContain("--read-only")
  const view = readFileSync(join(empty, "node_modules", "strudel-agent-mcp", "chat-view.html"), "utf8")
  expect(view).toContain("strudel-sandbox")
})
