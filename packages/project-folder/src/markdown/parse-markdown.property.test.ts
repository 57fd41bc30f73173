import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { fromMarkdown } from "mdast-util-from-markdown"
import { describe, expect, it } from "vitest"
import { finish } from "../steps.ts"
import { outlineOf, outlineOfPeer, overlaps } from "../testing/markdown-outline.ts"
import { findingLinks } from "./find-links.ts"
import { parseMarkdown } from "./parse-markdown.ts"

const expectAsPeer = (text: string): void =>
  expect(outlineOf(text, parseMarkdown(text))).toEqual(outlineOfPeer(text, fromMarkdown(text)))

/**
 * Where the peer is known to read otherwise than the specification says: below a line of a paragraph or of indented code, it
 * takes lists that begin within a new list or quote for such as would interrupt a paragraph; and it begins HTML where a line that
 * is one tag goes on with the paragraph of a list or quote.
 */
const isMisread = (text: string): boolean =>
  /\S[^\r\n]*[\r\n]+.*(?:>|[-+*]|\d[.)])[ \t]*(?:(?:[-+*]|\d+[.)])[ \t]*(?:$|[\r\n])|(?!1[.)])\d+[.)])/.test(text) ||
  /(?:[-+*>]|\d[.)]).*[\r\n][ \t>]*<\/?[a-z]/i.test(text) ||
  (/(?:^|[\r\n]|[->*] )(?: {4}| {0,3}\t)/.test(text) && /[-+*\d]/.test(text))

const textOf = (parts: string[], maxLength: number) =>
  fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength }).map((signs) => signs.join(""))

const withDefinition = (text: fc.Arbitrary<string>) =>
  fc.tuple(text, fc.constantFrom("", "", "\n\n[a]: ref")).map((parts) => parts.join(""))

const blocks = [
  "- ",
  "* ",
  "1. ",
  "2) ",
  "> ",
  "  ",
  " ",
  "\n",
  "\n",
  "\n",
  "\n\n",
  "a",
  "b",
  "# ",
  "## ",
  "===",
  "---",
]
const moreBlocks = ["***", "```", "~~~", "<div>", "<!--", "-->", "[a]: b", "#", "-", "=", "`", "[a](b)"]
const indented = ["a", "\t", "    ", "   ", "\n", "\n", "\n\n", "> ", "# ", "b", "[a](b)"]
const links = [
  "a",
  "b",
  " ",
  "*",
  "_",
  "[",
  "[",
  "]",
  "]",
  "(",
  ")",
  "![",
  "[]",
  "](b)",
  "](",
  "[a]",
  "\\",
  "`",
  "<",
  "<a:b>",
]
const moreLinks = ["<b>", "<a b='c'>", "\n", "!", "&amp;", '"', "'", "(b)", ' "c"', "\n\n[c]: d\n"]
const emphasis = ["a", "b", " ", "*", "**", "_", "__", "***", "[a](b)", "`", "\n", "\\", "é", "(", "&#42;", "\u00a0"]
const references = [
  "[a]: b",
  "[a]: <c> 'd'",
  "\n",
  "\n",
  "\n\n",
  "[a]",
  "[b]",
  "[a][]",
  "[c][a]",
  "x",
  "> ",
  "- ",
  "  ",
]
const moreReferences = ["===", "---", "[", "]", ":", "(c)", "\\]", '"t"', "(t)", "'t", " ", "[B]: &lt;"]
const lines = [
  "a",
  " ",
  "\n",
  "*",
  "[a](b)",
  "[c]",
  "\n\n[c]: d\n",
  "> ",
  "- ",
  "\r\n",
  "\r",
  "#",
  "é",
  "  \n",
  "`",
  "\\\n",
]
const runs = { numRuns: 1000 }

describe("markdown is read as by another reader", () => {
  it.each([
    ["blocks", [...blocks, ...moreBlocks], 20],
    ["indented lines", indented, 14],
    ["links", [...links, ...moreLinks], 20],
    ["emphasis", emphasis, 20],
    ["references", [...references, ...moreReferences], 20],
    ["lines", lines, 20],
  ])("where it is of %s", { timeout: 120_000 }, (_, parts, maxLength) => {
    fc.assert(
      fc.property(withDefinition(textOf(parts, maxLength)), (text) => {
        fc.pre(!isMisread(text) && !overlaps(fromMarkdown(text)))
        expectAsPeer(text)
      }),
      runs,
    )
  })

  const folder = fileURLToPath(new URL("../../fixtures/traps/", import.meta.url))
  const samples = fileURLToPath(new URL("../../../../samples/", import.meta.url))
  const files = [folder, samples].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" }).flatMap((path) =>
      path.endsWith(".md") ? [root + path] : [],
    ),
  )

  it.each(files.map((path) => [path.split("/").slice(-3).join("/"), path] as const))("where it is %s", (_, path) => {
    expectAsPeer(readFileSync(path, "utf8").replace(/^\ufeff/, ""))
  })

  it.each([
    "[a](b 'c')",
    '[a](<b c> "d")',
    "[a](b(c(d))e)",
    "[a](b\\)c)",
    "[a](b&amp;c)",
    "[a]( b )",
    "[a](\nb\n'c\nd'\n)",
    "[a]()",
    "[a](<>)",
    "[a](b c)",
    "[a] (b)",
    "[a [b](c) d](e)",
    "[![a](b)](c)",
    "![a [b](c)](d)",
    "[a `](b)` c](d)",
    "[a <b ](c)> d](e)",
    "[a <b:](c)> d](e)",
    "*[a](b)* **[c](d)**",
    "[*a](b)*",
    "[a][b][c]\n\n[b]: x\n[c]: y",
    "[a][]\n\n[A]: x",
    "[ a\n b ][]\n\n[a b]: x 'y'",
    "[a]: <b>\n'c'\n\n[a]",
    "[a]: b 'c' d\n\n[a]",
    "[a\\]b]: c\n\n[a\\]b]",
    "> [a]: b\n\n- [a]\n  [a]",
    "- [ ] [a](b)\n- [x] [c](d)",
    "1. a\n\n   b\n2. c\n   - d\n\n     e\n- f",
    "10) a\n    b\n11) c",
    "- a\n - b\n  - c\n   - d\n    - e",
    "> a\nb\n> - c\nd\n\ne",
    "# a `#` \\# #",
    "#\ta\t#",
    "####### a",
    "a\nb\n===\nc\n---\n- d\n---",
    "~~~ a\n> b\n~~~",
    "> ```\na",
    "<script>\n[a](b)\n\n</script>[c](d)\n\n[e](f)",
    "<div>\n*a*\n\n*b*\n</div>\n[c](d)",
    "<x>\n[a](b)\n\n[c](d)",
    "a\n<x>\nb",
    "<!-- [a](b)\n\n--> [c](d)\n[e](f)",
    "<a@b.c> <a:b> <ab:c d> <http://a?b=c&d>",
    "a  \nb\\\nc",
    "**a*b*c** __a_b_c__ a_b_c *a **b***",
    "&copy; &#35; &#x22; &nope; \\&amp;",
    "* * *\n- - -\n_ _ _\n* a",
    "\u00e9*a*\u00e9 _a_\u00e9",
  ])("where it is %j", expectAsPeer)
})

describe("lists and quotes", () => {
  it("hold the lines of a paragraph that are one tag without their signs", () => {
    for (const text of ["- a\n<b>", "> a\n<b>\nc", "> - a\n</b>"]) {
      const root = parseMarkdown(text)
      expect(root.children, text).toHaveLength(1)
      expect(root.children[0]?.end, text).toBe(text.length)
    }
    expect(parseMarkdown("- a\n<div>").children.map(({ type }) => type)).toEqual(["list", "html"])
  })

  it("nest 32 deep; what begins deeper is text", () => {
    const text = `${"> ".repeat(31)}- - [a](b)`
    const [link] = finish(findingLinks(parseMarkdown(text)))
    expect(link?.items).toHaveLength(1)
    expect(text.slice(link?.holder.start, link?.holder.end)).toBe("- [a](b)")
  })

  it("begin below a paragraph as they do elsewhere", () => {
    const [quote] = parseMarkdown("a\n> 2. [b](c)").children.slice(1)
    expect(outlineOf("", parseMarkdown("a\n> 2. b")).children[1]?.children[0]?.type).toBe("list")
    expect(quote?.type).toBe("blockquote")
  })
})
