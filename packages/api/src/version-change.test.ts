import { expect, it } from "vitest"
import { changeBetween, createComparison } from "./version-change.ts"

const version = (rest: object) => ({ name: "Kick", code: "", metadata: {}, ...rest })
const change = (before: object, after: object) => changeBetween(version(before), version(after))

it("counts the lines that came and went, a missing newline at the end apart", () => {
  expect(change({ code: "a\nb\nc" }, { code: "a\nB\nc\nd\n" }).lines).toEqual({ added: 2, removed: 1 })
  expect(change({ code: "a\nb" }, { code: "a\nb\nc" }).lines).toEqual({ added: 1, removed: 0 })
  expect(change({ code: "" }, { code: "a\n" }).lines).toEqual({ added: 1, removed: 0 })
  expect(change({ code: "a" }, { code: "a" }).lines).toEqual({ added: 0, removed: 0 })
})

it("gives up where next to nothing is alike, within its time", () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i}`)
  const start = performance.now()
  expect(change({ code: lines.join("\n") }, { code: lines.toReversed().join("\n") }).lines).toBeNull()
  expect(performance.now() - start).toBeLessThan(2000)
})

it("names the keys of metadata that came, went or changed, and a new name", () => {
  expect(
    change(
      { metadata: { bpm: 120, tags: ["a"], color: "#fff", mood: { x: 1 } } },
      { metadata: { bpm: 124, tags: ["a"], mood: { x: 1 }, scale: "C minor" }, name: "Boom" },
    ),
  ).toMatchObject({ metadataKeys: ["bpm", "scale", "color"], renamed: true })
})

it("counts no more lines once its time is over, and lets others have their turn meanwhile", async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i}`)
  const compare = createComparison(30)
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  const pair = [
    version({ code: lines.join("\n") }),
    version({ code: lines.toReversed().join("\n"), name: "Boom" }),
  ] as const
  const changes = []
  for (let i = 0; i < 50; i++) changes.push(await compare(...pair))
  clearInterval(timer)
  expect(changes.every(({ lines, renamed }) => lines === null && renamed)).toBe(true)
  expect(turns).toBeGreaterThan(1)
})
