import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { withFences } from "./plain-code.ts"

const fenced = (code: string) => `\`\`\`\n${code}\n\`\`\``

describe("code without fences", () => {
  it.each([
    's("bd*4")',
    's("bd*4, hh*8").bank("RolandTR909")',
    'setcpm(30)\n\n$: s("bd sd")\n  .gain(0.8)\n\n$: note("<c3 e3>")\n  .s("sawtooth")',
    "stack(\n  s('bd*4'),\n\n  note(`<c2 a1\n  f1 g1>*2`).s('sawtooth') // bass\n)",
    'const kick = s("bd*4")\nkick.gain(0.9).room(.2)'.replace("\nkick", ';\n$: s("hh")\n//kick'),
    '// a groove\n$: sound("[bd <hh oh>]*2").gain(.4)',
    '"c3 e3 g3".note().s("piano")',
    'drums: s("bd sd").bank("tr909")\n\nbass_: note("c2")',
    "samples('github:tidalcycles/dirt-samples')\nhush()",
    'await samples({ bd: "kick.wav" })\ns("bd")',
    'let pad = note("c3")\n$: stack(pad, s("bd"))'.replace("stack(pad, ", "stack("),
  ])("is code: %j", (code) => {
    expect(withFences(code)).toBe(fenced(code))
  })

  it("is code between words, and the words stay words", () => {
    expect(withFences('Play this:\n\ns("bd*4")\n  .gain(0.8)\n\nand make it *louder*.')).toBe(
      'Play this:\n\n```\ns("bd*4")\n  .gain(0.8)\n```\n\nand make it *louder*.',
    )
    expect(withFences('s("bd")\r\n  .fast(2)')).toBe('```\ns("bd")\n  .fast(2)\n```')
  })

  it.each([
    "Make it louder (much louder).",
    "sound(s) are missing",
    "Note: this (really) is it.",
    'Note: "Kick" is too loud.',
    'He said "more".bass please',
    "e.g. (like this)",
    "- [ ] tune the kick (bd)\n- [x] done;",
    'Play s("bd*4") with more room',
    's("bd*4") sounds good, can you make it faster?',
    "kick(1) is the first one, hat(2) the second",
    'stack(\n  s("bd"),',
    'text with\ns("bd")',
    's("bd")\nplease make it faster',
    "(just a remark)",
    "// only a remark",
    "",
    "  \n ",
    '```\ns("bd")\n```\n\ns("hh")',
    "let me know (soon)",
    "for example (a, b)",
    "function follows form (always)",
  ])("is no code: %j", (text) => {
    expect(withFences(text)).toBe(text)
  })

  it("keeps every line of any text in its place", () => {
    const line = fc.constantFrom(
      's("bd")',
      "  .gain(1)",
      "words (here)",
      "",
      "stack(",
      ")",
      "// hm",
      "- a list",
      '"`',
      "$: s('hh')",
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const made = withFences(lines.join("\n")).split("\n")
        const marks = made.filter((each) => each === "```").length
        expect(marks % 2).toBe(0)
        expect(made.filter((each) => each !== "```")).toEqual(lines.length === 0 ? [""] : lines)
      }),
    )
  })

  it.each([
    ["open brackets", "stack(\n\n".repeat(20_000)],
    ["calls that go on", 's("bd"\n\n'.repeat(20_000)],
    ["blanks", `${" ".repeat(150_000)}x`],
    ["commas", `const ${"a, ".repeat(60_000)}`],
    ["quotes", `"${'" '.repeat(90_000)}`],
  ])("does not hang at %s", (_, text) => {
    expect(withFences(text)).toBe(text)
  })
})
