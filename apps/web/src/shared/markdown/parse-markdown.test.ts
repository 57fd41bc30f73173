import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { hostileTexts } from "./hostile-texts.ts"
import { markdownLimits } from "./markdown-budget.ts"
import { parseMarkdown } from "./parse-markdown.ts"

const root = join(import.meta.dirname, "../../../../..")
const decisions = join(root, "docs/decisions")
const ordinary = [
  readFileSync(join(root, "README.md"), "utf8"),
  ...readdirSync(decisions).map((name) => readFileSync(join(decisions, name), "utf8")),
].join("\n\n")

it("reads an ordinary text of 100 KB", () => {
  const text = ordinary.repeat(Math.ceil(102_400 / ordinary.length)).slice(0, 102_400)
  expect(parseMarkdown(text)).toHaveProperty("tokens")
})

describe("markdown that parsers are slow with freezes nothing", () => {
  it.each([24_000, markdownLimits.characters])(
    "in texts of %i characters",
    (length) => {
      for (const text of hostileTexts(length).map((each) => each.slice(0, length))) {
        const begun = performance.now()
        parseMarkdown(text)
        // A tenth of a second is usual; what hangs takes minutes.
        expect(performance.now() - begun, JSON.stringify(text.slice(0, 20))).toBeLessThan(20_000)
      }
    },
    120_000,
  )
})

it("says that too much markup, or too deep nesting, is too much", () => {
  expect(parseMarkdown("*a* ".repeat(20_000))).toEqual({ excess: "markup" })
  expect(parseMarkdown("> ".repeat(40))).toEqual({ excess: "nesting" })
  expect(parseMarkdown(`${"- ".repeat(30)}a`)).toEqual({ excess: "nesting" })
})

it("loses no word, however lists, quotes and emphasis are nested", () => {
  const sign = fc.constantFrom(
    "- ",
    "1. ",
    "> ",
    "    ",
    "  ",
    "\n",
    "\n\n",
    "*",
    "**",
    "~~",
    "[",
    "]",
    "# ",
    "| ",
    "`",
  )
  const word = fc.integer({ min: 0, max: 999 }).map((number) => `w${number}x `)
  fc.assert(
    fc.property(fc.array(fc.oneof(sign, word), { maxLength: 60 }), (pieces) => {
      const text = pieces.join("")
      const parsed = parseMarkdown(text)
      if ("excess" in parsed) return
      const told = parsed.tokens.map(({ info, content }) => `${info}\n${content}`).join("\n")
      expect(told.match(/w\d+x/g) ?? []).toEqual(text.match(/w\d+x/g) ?? [])
    }),
    { numRuns: 300 },
  )
})
