import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { markHits, searchPattern } from "./highlight.ts"

const marked = (text: string, search: string, anywhere = false) =>
  markHits(text, searchPattern(search, anywhere))
    .map(({ text, hit }) => (hit ? `[${text}]` : text))
    .join("")

describe("markHits", () => {
  it.each([
    ["the art of the start", "art", "the [art] of the start"],
    ["Kicks and a kick", "kick", "[Kick]s and a [kick]"],
    ["kicks kick drum drums", "kick drum", "kicks [kick] [drum] [drum]s"],
    ["the  kick\nis the kick", '"the kick"', "[the  kick]\nis [the kick]"],
    ["Größe und groß", "größe", "[Größe] und groß"],
    ["a.b*c (d)", "a.b*c (d)", "[a.b*c] [(d)]"],
    ["nothing", "", "nothing"],
    ["", "kick", ""],
  ])("marks %j by %j", (text, search, expected) => {
    expect(marked(text, search)).toBe(expected)
  })

  it("marks the whole text first, also inside of words, where it is looked for anywhere", () => {
    expect(marked("Lighthouse keeper", "house", true)).toBe("Light[house] keeper")
    expect(marked('s("bd*4").fast(2)', 'bd*4").f', true)).toBe('s("[bd*4").f]ast(2)')
    expect(marked('s("bd*4")', '"bd*4"', true)).toBe('s("[bd*4]")')
  })

  it("cuts any text by any search without losing a character", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "grapheme" }),
        fc.boolean(),
        (text, search, anywhere) => {
          const parts = markHits(text, searchPattern(search, anywhere))
          expect(parts.map((part) => part.text).join("")).toBe(text)
          expect(parts.every((part) => part.text !== "")).toBe(true)
        },
      ),
    )
  })
})
