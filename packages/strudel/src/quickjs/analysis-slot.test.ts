import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it, vi } from "vitest"
import { AnalysisSlot } from "./analysis-slot.ts"

const folder = mkdtempSync(join(tmpdir(), "analysis-slot-"))
const quiet = mkdtempSync(join(tmpdir(), "analysis-slot-"))
afterAll(() => rmSync(quiet, { recursive: true, force: true }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A thread that answers, and then throws when nobody asks it anything. */
writeFileSync(
  join(folder, "analysis-thread.js"),
  `const { parentPort } = require("node:worker_threads")
parentPort.postMessage({ type: "ready" })
parentPort.on("message", ({ id }) => {
  parentPort.postMessage({ type: "answer", id, json: JSON.stringify({ ok: false, id }) })
  setTimeout(() => { throw new Error("late") }, 20)
})`,
)

/** A thread that answers with its own number. */
writeFileSync(
  join(quiet, "analysis-thread.js"),
  `const { parentPort, threadId } = require("node:worker_threads")
parentPort.postMessage({ type: "ready" })
parentPort.on("message", ({ id }) =>
  parentPort.postMessage({ type: "answer", id, json: JSON.stringify({ ok: false, threadId }) }))`,
)

it("a thread that breaks between two analyses ends nobody, and the next has another", async () => {
  const slot = new AnalysisSlot({ folder, deadline: 1_000, kill: 10_000, idle: 10_000 })
  const uncaught = vi.fn()
  process.on("uncaughtException", uncaught)
  try {
    expect(await slot.run("a", {})).toMatchObject({ id: 1 })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await slot.run("b", {})).toMatchObject({ id: 2 })
    expect(uncaught).not.toHaveBeenCalled()
  } finally {
    process.off("uncaughtException", uncaught)
    await slot.close()
  }
})

it("a thread ends once it has had nothing to do for a while, and the next analysis has another", async () => {
  const slot = new AnalysisSlot({ folder: quiet, deadline: 1_000, kill: 10_000, idle: 100 })
  try {
    const first = await slot.run("a", {})
    expect(await slot.run("b", {})).toEqual(first)
    await vi.waitFor(async () => expect(await slot.run("c", {})).not.toEqual(first), { timeout: 10_000, interval: 500 })
  } finally {
    await slot.close()
  }
})
