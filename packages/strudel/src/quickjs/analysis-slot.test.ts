import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it, vi } from "vitest"
import { AnalysisSlot } from "./analysis-slot.ts"

const folder = mkdtempSync(join(tmpdir(), "analysis-slot-"))
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

it("a thread that breaks between two analyses ends nobody, and the next has another", async () => {
  const slot = new AnalysisSlot({ folder, deadline: 1_000, kill: 10_000 })
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
