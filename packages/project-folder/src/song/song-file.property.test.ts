import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { LinkTarget } from "../links/link-target.ts"
import { storableText } from "../storable-text.ts"
import { trimBody } from "../titled-markdown.ts"
import { parseSong, printSong } from "./song-file.ts"

const fileName = "night drive.md"
const known = ["kick", "bass", "lead", "pad", "hat"]
const resolve = (target: LinkTarget): string | undefined => {
  const id = target.kind === "id" ? target.id : /^clips\/(.*)\.js$/.exec(target.path)?.[1]
  return id !== undefined && known.includes(id) ? id : undefined
}
const linkOf = (id: string) => ({ text: `The ${id}` })

const id = fc.constantFrom(...known)
const link = fc
  .tuple(id, fc.constantFrom("path", "id", "spaced", "titled", "auto", "broken", "web"))
  .map(([each, form]) => {
    if (form === "path") return `[${each}.js](../clips/${each}.js)`
    if (form === "spaced") return `[**${each}**](<../clips/${each}.js>)`
    if (form === "titled") return `[${each}](./../clips/${each}.js "again")`
    if (form === "auto") return `<clip:${each}>`
    if (form === "broken") return `[gone](../clips/gone-${each}.js)`
    return form === "web" ? "[site](https://strudel.cc)" : `[${each}](clip:${each})`
  })
const prose = fc.constantFrom(
  "Slow build.",
  "four *bars*, then",
  "Übergang",
  "## Intro",
  "> quoted",
  "```js",
  "```",
  "---",
  "",
  "",
  "    code",
  "- [ ] todo",
)
const plain = ["Slow build.", "four *bars*, then", "Übergang", "## Intro", "> quoted", "---"]
const marker = fc.constantFrom("- ", "* ", "1. ", "2. ", "9. ", "10. ", "3) ", "- [ ] ", "> - ", "  - ", "   * ")
const line = fc.oneof(
  { weight: 4, arbitrary: prose },
  {
    weight: 6,
    arbitrary: fc.tuple(marker, link, fc.constantFrom("", "", " for 8 bars")).map((parts) => parts.join("")),
  },
  { weight: 2, arbitrary: link },
  { weight: 1, arbitrary: fc.tuple(prose, link, fc.constantFrom(" and ", " "), link).map((parts) => parts.join(" ")) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "# Late title",
      "# ",
      "text\n===",
      "<!-- open",
      "[kick]: clip:kick",
      "[kick]",
      "`[kick](clip:kick)`",
    ),
  },
)
const lineEnding = fc.constantFrom("\n", "\n", "\r\n")
const lines = fc.tuple(fc.array(line, { maxLength: 12 }), lineEnding).map(([each, end]) => each.join(end))
const list = fc
  .tuple(
    fc.array(fc.tuple(link, fc.constantFrom("", " - soft"), fc.constantFrom("", "\n   more")), { maxLength: 12 }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([items, ordered, loose]) =>
    items
      .map(([each, note, more], at) => `${ordered ? `${at + 1}. ` : "- "}${each}${note}${more}`)
      .join(loose ? "\n\n" : "\n"),
  )
const file = fc
  .record({
    mark: fc.constantFrom("", "", "\ufeff"),
    title: fc.constantFrom(
      "# Night Drive\n\n",
      "# Night Drive\r\n",
      "",
      "intro\n\n# Late #\n",
      "#\tTabbed *one*  \n",
      "# [kick](clip:kick) song\n\n",
    ),
    body: fc.oneof(
      lines,
      list,
      fc.tuple(lines, list, lines).map((parts) => parts.join("\n\n")),
    ),
    end: fc.constantFrom("", "\n", "\r\n\r\n"),
  })
  .map(({ mark, title, body, end }) => mark + title + body + end)
const anyFile = fc.oneof({ weight: 6, arbitrary: file }, { weight: 1, arbitrary: fc.string({ unit: "binary" }) })
const clipIds = fc.array(id, { maxLength: 8 })
const name = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
  .map((text) => `n${text}`.replace(/\s/g, " ").trim())
const runs = { numRuns: 200 }

describe("a song file", () => {
  it("comes back byte for byte where nothing was edited", () => {
    fc.assert(
      fc.property(anyFile, (text) => {
        const before = parseSong({ fileName, text, resolve })
        expect(printSong({ fileName, original: text, ...before, resolve, linkOf })).toBe(text)
      }),
      runs,
    )
  })

  it("reads again with exactly the clips it was given, in their order", () => {
    fc.assert(
      fc.property(fc.option(anyFile, { nil: undefined }), clipIds, (original, wanted) => {
        const before = parseSong({ fileName, text: original ?? "", resolve })
        const printed = printSong({ fileName, original, ...before, clipIds: wanted, resolve, linkOf })
        const after = parseSong({ fileName, text: printed, resolve })
        expect(after.clipIds).toEqual(wanted)
        expect(after.name).toBe(before.name)
        const again = printSong({ fileName, original: printed, ...after, resolve, linkOf })
        expect(again).toBe(printed)
      }),
      runs,
    )
  })

  it("keeps every line that has no link, whatever becomes of the clips", () => {
    fc.assert(
      fc.property(file, clipIds, (original, wanted) => {
        fc.pre(!/```|<!--/.test(original))
        const before = parseSong({ fileName, text: original, resolve })
        const printed = printSong({ fileName, original, ...before, clipIds: wanted, resolve, linkOf })
        const kept = (text: string) =>
          text
            .replace("\ufeff", "")
            .split(/\r\n|\n/)
            .filter((each) => plain.includes(each))
        expect(kept(printed)).toEqual(kept(original))
      }),
      runs,
    )
  })

  it("reads again with the name and body it was given", () => {
    fc.assert(
      fc.property(fc.option(anyFile, { nil: undefined }), name, lines, (original, newName, newBody) => {
        const body = trimBody(storableText(newBody))
        const clips = parseSong({ fileName, text: `# x\n\n${body}`, resolve }).clipIds
        const before = parseSong({ fileName, text: original ?? "", resolve })
        fc.pre(!before.warnings.some(({ code }) => code === "text-before-title") && !original?.includes("# ["))
        const renamed = printSong({ fileName, original, name: newName, body, clipIds: clips, resolve, linkOf })
        expect(parseSong({ fileName, text: renamed, resolve })).toMatchObject({ name: newName, body, clipIds: clips })
        const rebodied = printSong({ fileName, original, ...before, body, clipIds: clips, resolve, linkOf })
        const after = parseSong({ fileName, text: rebodied, resolve })
        expect([after.name, after.body, after.clipIds]).toEqual([before.name, body, clips])
      }),
      runs,
    )
  })
})
