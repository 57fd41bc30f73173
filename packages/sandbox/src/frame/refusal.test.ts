import { expect, it } from "vitest"
import { Command } from "../protocol.ts"
import { refusal } from "./refusal.ts"

const plan = { sections: [{ id: "a", cycles: 4, cps: null, clips: [] }], loop: true, align: "running" }
const play = (count: number, code = "") => ({
  type: "play",
  id: 7,
  sources: Array.from({ length: count }, (_, index) => ({ key: `clip ${index}`, code })),
  plan,
  at: "now",
  from: 0,
})

function answerTo(command: unknown) {
  const parsed = Command.safeParse(command)
  if (parsed.success) throw new Error("it is taken")
  return refusal(command, parsed.error)
}

it.each([
  ["more clips than it takes", play(257), "The player takes 256 clips at a time at most"],
  ["longer code than it takes", play(1, "x".repeat(300_000)), "The code of a clip may have 262144 characters at most"],
  ["what it does not know", { type: "sing", id: 7 }, "The player does not take this"],
])("a command with %s is answered in words", (_, command, message) => {
  expect(answerTo(command)).toEqual({ type: "reply", id: 7, result: { kind: "failed", because: "refused", message } })
})

it("what has no number is not answered", () => {
  expect(answerTo({ type: "play" })).toBeNull()
})
