import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { createLineWriter } from "./log.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "log-of-a-test-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const line = (number: number) => `${JSON.stringify({ number, text: "é".repeat(50) })}\n`

describe("a writer of lines", () => {
  it("writes all of them, whole and in order", async () => {
    const file = join(folder, "log")
    const fd = openSync(file, "a")
    const writer = createLineWriter(fd)
    const lines = Array.from({ length: 2000 }, (_, number) => line(number))
    for (const each of lines) writer.write(each)
    await writer.flush(10_000)
    closeSync(fd)
    expect(readFileSync(file, "utf8")).toBe(lines.join(""))
  })

  it("loses what a full disk refuses, and nothing else happens", async () => {
    const fd = openSync("/dev/full", "w")
    const writer = createLineWriter(fd)
    for (let number = 0; number < 20; number++) {
      writer.write(line(number))
      await writer.flush(10_000)
    }
    closeSync(fd)
    // Nor where there is nothing to write to any more.
    writer.write(line(20))
    await writer.flush(10_000)
  })

  it("does not wait for a reader that takes nothing, and goes on when it does", async () => {
    const pipe = join(folder, "pipe")
    execFileSync("mkfifo", [pipe])
    // Opened for both, so that opening waits for nobody; its reader begins late.
    const fd = openSync(pipe, "r+")
    const room = 200_000
    const writer = createLineWriter(fd, room)
    for (let number = 0; number < 5000; number++) writer.write(line(number))
    const before = Date.now()
    await writer.flush(50)
    expect(Date.now() - before).toBeLessThan(5_000)
    const reader = spawn("head", ["-c", String(room - 1000), pipe], { stdio: ["ignore", "pipe", "ignore"] })
    let text = ""
    reader.stdout.setEncoding("utf8").on("data", (part: string) => {
      text += part
    })
    await once(reader, "close")
    const read = text.split("\n").slice(0, -1)
    expect(read).toEqual(read.map((_, number) => line(number).trimEnd()))
    expect(read.length).toBeGreaterThan(1000)
    closeSync(fd)
  })
})
