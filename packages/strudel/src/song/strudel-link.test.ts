import { describe, expect, it } from "vitest"
import { strudelLink } from "./strudel-link.ts"

/** `hash2code` of @strudel/core, which strudel.cc reads its address with. */
function codeOf(link: string | null): string {
  const bytes = atob(decodeURIComponent((link ?? "").replace("https://strudel.cc/#", "")))
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)))
}

describe("a link to strudel.cc", () => {
  it.each(['s("bd*4, ~ hh")', "// Übergang ♥ 🥁\n$: note(`c3 e3`)", "?>?~+/=", ""])("opens %j as it is", (code) => {
    expect(codeOf(strudelLink(code))).toBe(code)
  })

  it("is not made of a code that no address can hold", () => {
    expect(strudelLink("x".repeat(20_000))).toBeNull()
  })
})
