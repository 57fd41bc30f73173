import { randomBytes } from "node:crypto"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { writeWholeFile } from "../folder/whole-file.ts"
import { temporaryFolder } from "../testing/folder.ts"
import { noCounts, writeBackup } from "./backup-file.ts"

/** Records that do not become smaller, so that what compresses them is full soon; `taken` counts them. */
async function* endless(taken: { count: number }) {
  for (;;) {
    taken.count++
    yield { kind: "clip" as const, record: { code: randomBytes(50_000).toString("base64") } }
  }
}

it("ends where its bytes cannot be written, takes no further record, and leaves no part of a file", async () => {
  const folder = temporaryFolder()
  const taken = { count: 0 }
  async function* onFullDisk() {
    let written = 0
    for await (const piece of writeBackup(endless(taken), { counts: noCounts(), sha256: "" })) {
      yield piece
      written += piece.length
      if (written > 1_000_000) throw new Error("the disk is full")
    }
  }
  const writing = writeWholeFile(join(folder, "library.gz"), onFullDisk(), { overwrite: false })
  await expect(writing).rejects.toThrow("the disk is full")
  expect(readdirSync(folder)).toEqual([])
  const { count } = taken
  await new Promise((resolve) => setImmediate(resolve))
  expect(taken.count).toBe(count)
})

it("fails as its records do", async () => {
  async function* failing() {
    yield { kind: "clip" as const, record: {} }
    throw new Error("the server is away")
  }
  const read = async () => {
    for await (const _ of writeBackup(failing(), { counts: noCounts(), sha256: "" }));
  }
  await expect(read()).rejects.toThrow("the server is away")
})
