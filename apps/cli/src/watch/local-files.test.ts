import { linkSync, utimesSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { temporaryFolder, writeFiles } from "../testing/folder.ts"
import { conflictPath } from "./conflict-path.ts"
import { LocalFiles } from "./local-files.ts"

it("tells a file that is not there from one of another name that the file system takes for it", async () => {
  const folder = temporaryFolder()
  writeFiles(folder, { "clips/Kick.js": "s('bd')" })
  utimesSync(join(folder, "clips/Kick.js"), 1, 1)
  const local = new LocalFiles(folder)
  await local.scan()
  expect(await local.standing("clips/Kick.js")).toBe("as-seen")
  expect(await local.standing("clips/kick.js")).toBe("as-seen")
  // One file under two names, as a file system has it that knows no case.
  linkSync(join(folder, "clips/Kick.js"), join(folder, "clips/kick.js"))
  expect(await local.standing("clips/kick.js")).toEqual({
    why: "this file system does not tell its name from clips/Kick.js",
  })
  writeFiles(folder, { "clips/hat.js": "s('hh')" })
  expect(await local.standing("clips/hat.js")).toBe("changing")
  expect(await local.standing("clips")).toEqual({ why: "is no regular file" })
})

it("finds a name for what is kept beside a file that is as long as names may be", () => {
  const digest = "0123456789abcdef"
  expect(conflictPath("clips/kick.js", digest)).toBe("clips/kick.js.01234567.conflict")
  const path = conflictPath(`clips/${"ü".repeat(126)}.js`, digest)
  expect(path).toMatch(/^clips\/ü+\.01234567\.conflict$/)
  expect(Buffer.byteLength(path.slice("clips/".length))).toBe(254)
})
