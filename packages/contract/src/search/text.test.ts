import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseSearchText, printSearchText, type SearchText, searchKinds, withoutQuotes, wordsOf } from "./text.ts"

const nothing: SearchText = {
  text: "",
  bpm: undefined,
  plays: undefined,
  tags: [],
  projects: [],
  kinds: [],
  agents: [],
  statuses: [],
}

describe("parseSearchText", () => {
  it.each<[string, Partial<SearchText>]>([
    ["", {}],
    ["acid  bass", { text: "acid  bass" }],
    ["bpm:120..130 tag:acid in:house", { bpm: { min: 120, max: 130 }, tags: ["acid"], projects: ["house"] }],
    ["bpm:130..120", { bpm: { min: 120, max: 130 } }],
    ["bpm:>=120", { bpm: { min: 120 } }],
    ["bpm:..99.5", { bpm: { max: 99.5 } }],
    ["bpm:124", { bpm: { min: 124, max: 124 } }],
    ["plays:no kick", { text: "kick", plays: false }],
    ["plays:no Plays:YES", { plays: true }],
    ["plays:maybe", { text: "plays:maybe" }],
    ["bpm:0", { bpm: { min: 0, max: 0 } }],
    ["bpm:fast bpm:.. bpm:20000", { text: "bpm:fast bpm:.. bpm:20000" }],
    ["bpm:90 kick bpm:124", { text: "kick", bpm: { min: 124, max: 124 } }],
    ["tag:a tag:b tag:a", { tags: ["a", "b"] }],
    ['tag:"deep house" kick', { text: "kick", tags: ["deep house"] }],
    ["TAG:Acid Kind:CLIPS", { tags: ["Acid"], kinds: ["clip"] }],
    ["kind:clip kind:song", { kinds: ["clip", "song"] }],
    ["kind:drum", { text: "kind:drum" }],
    ["status:idle agent:ada", { statuses: ["idle"], agents: ["ada"] }],
    ["status:lost", { text: "status:lost" }],
    ["tag: kick", { text: "kick" }],
    ["key:value", { text: "key:value" }],
    ["constructor:x", { text: "constructor:x" }],
    ['"tag:acid"', { text: '"tag:acid"' }],
    ['s("bd:3").gain(1)', { text: 's("bd:3").gain(1)' }],
    ['note("c2 eb2") tag:acid .fast(2)', { text: 'note("c2 eb2") .fast(2)', tags: ["acid"] }],
    ['"never closed tag:acid', { text: '"never closed tag:acid' }],
  ])("reads %j", (source, expected) => {
    expect(parseSearchText(source)).toEqual({ ...nothing, ...expected })
  })

  it("reads any text, and reads what it prints as the same", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom(
        ..."bpm: tag: in: kind:clip status:idle agent:x \" ' : .. >= 12 12.5 120..130 \\ \t \n".split(" "),
        " ",
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const search = parseSearchText(pieces.join(""))
        expect(parseSearchText(printSearchText(search))).toEqual(search)
      }),
      { numRuns: 2000 },
    )
  })

  it("reads back every filter that is printed", () => {
    const value = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9 ._-]{0,12}[a-z]$/)
    const bound = fc.integer({ min: 0, max: 10_000_000 }).map((thousandths) => thousandths / 1000)
    const list = <T>(item: fc.Arbitrary<T>) => fc.uniqueArray(item, { maxLength: 3 })
    const searches: fc.Arbitrary<SearchText> = fc.record({
      text: fc.constantFrom("", "kick", '"deep house" kick', "x => x.fast(2)"),
      bpm: fc.oneof(
        fc.constant(undefined),
        bound.map((min) => ({ min })),
        bound.map((max) => ({ max })),
        fc.tuple(bound, bound).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) })),
      ),
      plays: fc.constantFrom(undefined, true, false),
      tags: list(value),
      projects: list(value),
      agents: list(value),
      kinds: list(fc.constantFrom(...searchKinds)),
      statuses: list(fc.constantFrom("active" as const, "idle" as const, "terminated" as const)),
    })
    fc.assert(
      fc.property(searches, (search) => {
        expect(parseSearchText(printSearchText(search))).toEqual(search)
      }),
    )
  })
})

describe("wordsOf", () => {
  it("tells words from what stands between quotation marks", () => {
    expect(wordsOf(' make "the kick"  deeper "x ')).toEqual([
      { text: "make", quoted: false },
      { text: "the kick", quoted: true },
      { text: "deeper", quoted: false },
      { text: "x", quoted: true },
    ])
    expect(wordsOf('s("bd*4")')).toEqual([{ text: 's("bd*4")', quoted: false }])
    expect(wordsOf('"" " "')).toEqual([])
    expect(withoutQuotes('"deep house" kick')).toBe("deep house kick")
  })
})
