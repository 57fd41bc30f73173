import { execFile } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

let folder: string
let page: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-"))
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, "..", "build.mjs"), folder])
  page = await readFile(join(folder, "sandbox.html"), "utf8")
})
afterAll(() => rm(folder, { recursive: true }))

describe("the built sandbox page", () => {
  it("takes at most 210 KB on the wire", () => {
    expect(gzipSync(page, { level: 9 }).length).toBeLessThan(215_000)
  })

  it("is one script that does not end its own element", () => {
    const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1] ?? ""
    expect(page.match(/<\/?script|<!--/gi)).toEqual([...(page.match(/<script/gi) ?? []), "</script"])
    expect(() => new Function(script)).not.toThrow()
    const hash = createHash("sha256").update(script).digest("base64")
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1]
    expect(policy).toBe(
      `default-src 'none'; script-src 'sha256-${hash}' 'unsafe-eval' data:; worker-src blob:; base-uri 'none'; form-action 'none'`,
    )
  })

  it("asks for nothing by itself", () => {
    expect(page).not.toMatch(/<(link|img|script [^>]*src)/i)
  })
})
