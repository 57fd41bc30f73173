import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { foldText, foldWithPlaces } from "./fold.ts"

const texts = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc
    .array(fc.constantFrom(..."aÉßﬁıİ각힣がｶﾞ👩🏽\u0301\u200d\uff9eΣςđ🇯🇵", "각".normalize("NFD"), "ㅎㅏㄴ "), {
      maxLength: 12,
    })
    .map((signs) => signs.join("")),
)

describe("a folded text", () => {
  it("is the same from one piece and from its pieces", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(foldWithPlaces(text).folded).toBe(foldText(text))
      }),
    )
  })

  it("is the same composed and decomposed, and folded again", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const folded = foldText(text)
        expect(foldText(text.normalize("NFD"))).toBe(foldText(text.normalize("NFC")))
        expect(foldText(folded)).toBe(folded)
      }),
    )
  })

  it("tells where each of its characters comes from, without taking letters apart", () => {
    const text = "Cre\u0300me ﬁn 👩🏽‍🎤 Straße"
    const { folded, spanOf } = foldWithPlaces(text)
    expect(folded).toBe("creme fin 👩🎤 strasse")
    const pieceOf = (piece: string) =>
      text.slice(...spanOf(folded.indexOf(piece), folded.indexOf(piece) + piece.length))
    expect(["creme", "rem", "i", "👩", "🎤", "strass"].map(pieceOf)).toEqual([
      "Cre\u0300me",
      "re\u0300m",
      "ﬁ",
      "👩🏽‍",
      "🎤",
      "Straß",
    ])
  })
})
