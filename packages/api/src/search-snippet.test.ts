import { searchPattern } from "@strudel-agent/contract/search/highlight"
import { describe, expect, it } from "vitest"
import { plainExcerpt } from "./plain-excerpt.ts"
import { textSnippet } from "./search-snippet.ts"

const body =
  "Kick, then lights out.\n\n## Door (8 bars)\n\n- [Kick](clip:kick)\n- [Hats](clip:hats)\n\n## Stairs\n\n- [Kick](clip:kick)"
const snippet = (excerpt: string, looked: string) =>
  textSnippet({ excerpt, hitAt: excerpt.indexOf(looked), line: 1 }, searchPattern(looked))
const words = (parts: { text: string }[]) => parts.map(({ text }) => text).join("")

describe("a snippet of markdown", () => {
  it("reads as the page shows it", () => {
    expect(words(snippet(body, "lights"))).toBe("Kick, then lights out. · Door (8 bars) · Kick · Hats · Stairs · Kick")
  })

  it("marks what was looked for", () => {
    expect(snippet(body, "lights")).toContainEqual({ text: "lights", hit: true })
    expect(snippet('Say **loud** and `s("bd")`', "loud")).toEqual([
      { text: "Say ", hit: false },
      { text: "loud", hit: true },
      { text: ' and s("bd")', hit: false },
    ])
  })

  it("stays as it is written where only its signs were looked for", () => {
    const parts = snippet(body, "clip:hats")
    expect(parts).toContainEqual({ text: "clip:hats", hit: true })
  })

  it("begins and ends in the middle of links without their rests", () => {
    expect(words(snippet("ck](clip:kick)\n- [Hats](clip:hats)\n- [Ba](clip:ba", "Hats"))).toBe("ck · Hats · Ba")
  })

  it("keeps stars, brackets and signs that are none of markdown", () => {
    const code = 'sound("bd*4 [hh hh]") 2 - 1 # not a heading'
    expect(words(snippet(code, "sound"))).toBe(code)
  })

  it("follows the place of a hit through what is left out", () => {
    const text = `${"- [Kick](clip:kick)\n".repeat(10)}the end`
    const { text: plain, place } = plainExcerpt({ text, place: text.indexOf("the end") })
    expect(plain.slice(place)).toBe("the end")
  })
})
