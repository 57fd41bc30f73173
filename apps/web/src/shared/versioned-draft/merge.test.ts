import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { mergeFields, mergeSets, wholes } from "./merge.ts"
import { mergeLines } from "./merge-lines.ts"

const base = ["one", "two", "three", "four", "five", "six", "seven"].join("\n")
const merge = (mine: string, theirs: string) => mergeLines({ base, mine, theirs })?.value

describe("texts", () => {
  it("are merged where different lines were changed, and not where the same were", () => {
    expect(merge(base.replace("one", "ONE"), base.replace("seven", "SEVEN"))).toBe(
      base.replace("one", "ONE").replace("seven", "SEVEN"),
    )
    expect(merge(base.replace("one", "mine"), base.replace("one", "theirs"))).toBeUndefined()
    expect(merge(base, "theirs")).toBe("theirs")
    expect(merge("mine", base)).toBe("mine")
  })

  const line = fc.constantFrom("a", "b", "c", "d", "")
  const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join("\n"))
  const count = (whole: string, one: string) => whole.split("\n").filter((each) => each === one).length

  it("lose no line of either side, whatever was changed", () => {
    fc.assert(
      fc.property(text, text, text, (before, mine, theirs) => {
        const merged = mergeLines({ base: before, mine, theirs })
        // What both changed to the same is there once.
        if (!merged || mine === theirs) return
        for (const one of new Set(`${before}\n${mine}\n${theirs}`.split("\n"))) {
          expect(count(merged.value, one), one).toBe(count(theirs, one) + count(mine, one) - count(before, one))
        }
      }),
      // Of a dozen of such texts one fits.
      { numRuns: 1000 },
    )
  })
})

const all = ["a", "b", "c", "d", "e"] as const
const tags = fc.uniqueArray(fc.constantFrom(...all))

describe("sets", () => {
  it("have what was put on and not what was taken off, where nobody else changed anything", () => {
    expect(mergeSets({ base: ["a", "b"], mine: ["b", "c"], theirs: ["a", "b"] }).value).toEqual(["b", "c"])
  })

  it("keep what somebody else put on meanwhile, and leave off what they took off", () => {
    const merged = mergeSets({ base: ["x", "y"], mine: ["x", "y", "dawn"], theirs: ["x", "dew"] })
    expect(merged.value).toEqual(["x", "dew", "dawn"])
  })

  it("have nothing twice", () => {
    expect(mergeSets({ base: [], mine: ["dawn"], theirs: ["dawn"] }).value).toEqual(["dawn"])
  })

  it("follow whoever changed an element, whatever was changed", () => {
    fc.assert(
      fc.property(tags, tags, tags, (before, mine, theirs) => {
        const { value } = mergeSets({ base: before, mine, theirs })
        expect(new Set(value).size).toBe(value.length)
        for (const tag of all) {
          const [was, is, other] = [before, mine, theirs].map((set) => set.includes(tag))
          expect(value.includes(tag), tag).toBe(is === was ? other : is)
        }
      }),
    )
  })
})

describe("fields", () => {
  const names = ["name", "bpm", "scale"] as const
  const form = { names, isSame: Object.is }
  const field = fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined })
  const fields = fc.record({ name: field, bpm: field, scale: field })
  const chosen = fc.record({ name: fc.constantFrom("mine" as const, "theirs" as const) }, { requiredKeys: [] })

  it("follow whoever changed one, and tell which both did, whatever was changed", () => {
    fc.assert(
      fc.property(fields, fields, fields, chosen, (before, mine, theirs, sides) => {
        const { value, clashes } = mergeFields(form, { base: before, mine, theirs }, sides)
        for (const name of names) {
          const [was, is, other] = [before[name], mine[name], theirs[name]]
          const both = is !== was && other !== was && is !== other
          expect(clashes.includes(name)).toBe(both)
          const side = name === "name" && sides.name === "theirs"
          expect(value[name], name).toBe(side || is === was ? other : is)
        }
      }),
    )
  })
})

it("a whole fits where one side changed it, or both to the same", () => {
  const mergeWholes = wholes<number>(Object.is)
  expect(mergeWholes({ base: 1, mine: 1, theirs: 2 })).toEqual({ value: 2 })
  expect(mergeWholes({ base: 1, mine: 2, theirs: 1 })).toEqual({ value: 2 })
  expect(mergeWholes({ base: 1, mine: 2, theirs: 2 })).toEqual({ value: 2 })
  expect(mergeWholes({ base: 1, mine: 2, theirs: 3 })).toBeUndefined()
})
