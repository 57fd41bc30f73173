import { expect, it } from "vitest"
import { changeBetween, createComparison, orderBetween } from "./version-change.ts"

const version = (rest: object) => ({ name: "Kick", text: "", metadata: {}, ...rest })
const change = (before: object, after: object) => changeBetween(version(before), version(after))

it("counts the lines that came and went, a missing newline at the end apart", () => {
  expect(change({ text: "a\nb\nc" }, { text: "a\nB\nc\nd\n" }).lines).toEqual({ added: 2, removed: 1 })
  expect(change({ text: "a\nb" }, { text: "a\nb\nc" }).lines).toEqual({ added: 1, removed: 0 })
  expect(change({ text: "" }, { text: "a\n" }).lines).toEqual({ added: 1, removed: 0 })
  expect(change({ text: "a" }, { text: "a" }).lines).toEqual({ added: 0, removed: 0 })
})

it("gives up where next to nothing is alike, within its time", () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i}`)
  const start = performance.now()
  expect(change({ text: lines.join("\n") }, { text: lines.toReversed().join("\n") }).lines).toBeNull()
  expect(performance.now() - start).toBeLessThan(20_000)
})

it("names the keys of metadata that came, went or changed, and a new name", () => {
  expect(
    change(
      { metadata: { bpm: 120, tags: ["a"], color: "#fff", mood: { x: 1 } } },
      { metadata: { bpm: 124, tags: ["a"], mood: { x: 1 }, scale: "C minor" }, name: "Boom" },
    ),
  ).toMatchObject({ metadataKeys: ["bpm", "scale", "color"], renamed: true })
})

it.each([
  [["a", "b"], ["a", "b"], { added: 0, removed: 0, moved: 0 }],
  [[], ["a", "b", "a"], { added: 3, removed: 0, moved: 0 }],
  [["a", "b", "c"], ["b", "c", "a"], { added: 0, removed: 0, moved: 1 }],
  [["a", "b", "a"], ["b", "a"], { added: 0, removed: 1, moved: 0 }],
  [["a", "b", "c", "c"], ["c", "d", "a", "a"], { added: 2, removed: 2, moved: 1 }],
])("counts the parts that came, went and moved from %j to %j", (before, after, change) => {
  expect(orderBetween(before, after)).toEqual(change)
})

it("counts the longest orders with nothing alike, and gives up where there is no time left", () => {
  const before = Array.from({ length: 500 }, (_, i) => `a${i}`)
  const after = Array.from({ length: 500 }, (_, i) => `b${i}`)
  expect(orderBetween(before, after, 10_000)).toEqual({ added: 500, removed: 500, moved: 0 })
  expect(orderBetween(before, after, 0)).toBeNull()
  expect(orderBetween(before, before, 0)).toEqual({ added: 0, removed: 0, moved: 0 })
})

it("counts what is small whatever the clock says", () => {
  expect(changeBetween(version({ text: "a\nb" }), version({ text: "a\nc\nd" }), 0).lines).toEqual({
    added: 2,
    removed: 1,
  })
  expect(orderBetween(["a", "b"], ["b", "a", "c"], 0)).toEqual({ added: 1, removed: 0, moved: 1 })
})

it("counts no more lines once its time is over, and lets others have their turn meanwhile", async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i}`)
  const compare = createComparison(30)
  let turns = 0
  const count = () => {
    turns++
    next = setImmediate(count)
  }
  let next = setImmediate(count)
  const pair = [
    version({ text: lines.join("\n") }),
    version({ text: lines.toReversed().join("\n"), name: "Boom" }),
  ] as const
  const changes = []
  for (let i = 0; i < 50; i++) changes.push(await compare((timeout) => changeBetween(...pair, timeout)))
  clearImmediate(next)
  expect(changes.every(({ lines, renamed }) => lines === null && renamed)).toBe(true)
  expect(turns).toBeGreaterThanOrEqual(changes.length)
})
