import { describe, expect, it } from "vitest"
import type { LinkTarget } from "../links/link-target.ts"
import { parseSong, printSong } from "./song-file.ts"

const fileName = "night_drive.md"
const clips = ["kick", "bass", "lead", "pad", "Uber-kick"]
const byPath = new Map([
  ...clips.map((id) => [`clips/${id}.js`, id] as const),
  ["clips/Über kick.js".normalize("NFD"), "Uber-kick"],
])
const resolve = (target: LinkTarget): string | undefined =>
  target.kind === "path" ? byPath.get(target.path) : clips.find((id) => id === target.id)
const linkOf = (id: string) => ({ text: id.toUpperCase() })
const parse = (text: string) => parseSong({ fileName, text, resolve })
const relink = (original: string, clipIds: string[]) =>
  printSong({ fileName, original, ...parse(original), clipIds, resolve, linkOf })

describe("reading a song file", () => {
  it("takes the title, the body and the links in their order, repeated ones too", () => {
    const text = "# Opening\n\nSlow.\n\n1. [kick.js](../clips/kick.js)\n2. [bass](clip:bass)\n3. [kick](clip:kick)\n"
    expect(parse(text)).toMatchObject({
      name: "Opening",
      body: "Slow.\n\n1. [kick.js](../clips/kick.js)\n2. [bass](clip:bass)\n3. [kick](clip:kick)",
      clipIds: ["kick", "bass", "kick"],
      links: [
        { text: "kick.js", url: "../clips/kick.js", line: 5, id: "kick" },
        { text: "bass", url: "clip:bass", line: 6, id: "bass" },
        { text: "kick", url: "clip:kick", line: 7, id: "kick" },
      ],
      brokenLinks: [],
      warnings: [],
    })
  })

  it.each([
    ["percent-encoding", "[a](../clips/%C3%9Cber%20kick.js)", "Uber-kick"],
    ["angle brackets", "[a](<../clips/Über kick.js>)", "Uber-kick"],
    ["a dot segment", "[a](./../clips/./kick.js)", "kick"],
    ["a title", '[a](../clips/kick.js "again")', "kick"],
    ["a path from the project folder", "[a](clips/kick.js)", "kick"],
    ["backslashes", "[a](..\\clips\\kick.js)", "kick"],
    ["a fragment", "[a](../clips/kick.js#L3)", "kick"],
    ["a reference", "[a][k]\n\n[k]: ../clips/kick.js", "kick"],
    ["an address in brackets", "<clip:kick>", "kick"],
    ["an escaped id", "[a](clip:%6Bick)", "kick"],
  ])("finds a link with %s", (_, link, id) => {
    expect(parse(`# Song\n\n${link}\n`)).toMatchObject({ clipIds: [id], brokenLinks: [] })
  })

  it.each([
    ["in a code span", "`[a](clip:kick)`"],
    ["in a fence", "```\n[a](clip:kick)\n```"],
    ["in indented code", "    [a](clip:kick)"],
    ["in a comment", "<!-- [a](clip:kick) -->"],
    ["to the web", "[a](https://strudel.cc/kick.js)"],
    ["to another song", "[a](other.md)"],
    ["to a song by id", "[a](song:kick)"],
    ["within the page", "[a](#kick.js)"],
  ])("counts no link %s", (_, text) => {
    expect(parse(`# Song\n\n${text}\n`)).toMatchObject({ clipIds: [], brokenLinks: [], warnings: [] })
  })

  it("reports links to nothing", () => {
    const { clipIds, brokenLinks, warnings } = parse(
      "# S\n\n- [gone](../clips/gone.js)\n- [kick](clip:kick)\n- [out](../../../x.js)\n- [no](clip:no)\n",
    )
    expect(clipIds).toEqual(["kick"])
    expect(brokenLinks).toEqual([
      { text: "gone", url: "../clips/gone.js", line: 3 },
      { text: "out", url: "../../../x.js", line: 5 },
      { text: "no", url: "clip:no", line: 6 },
    ])
    expect(warnings.map(({ code }) => code)).toEqual(["link-broken", "link-broken", "link-broken"])
  })

  it("takes the name from the file where there is no title", () => {
    expect(parse("Just [kick](clip:kick).\n")).toMatchObject({ name: "night_drive", body: "Just [kick](clip:kick)." })
    expect(parse("#\n\ntext")).toMatchObject({ name: "night_drive", body: "#\n\ntext" })
    expect(parse(`# ${"x".repeat(201)}\n`).warnings).toMatchObject([{ code: "name-unusable" }])
  })

  it("takes the first heading of the first level, and warns of text above", () => {
    const text = "<!-- draft -->\n\n## Two\n\n# The *real* `one` #\n\nBody\n\n# Later\n"
    expect(parse(text)).toMatchObject({ name: "The real one", body: "Body\n\n# Later" })
    expect(parse(text).warnings).toMatchObject([{ code: "text-before-title" }])
  })

  it("reads CRLF, a byte order mark and characters that can't be stored", () => {
    const text = "\ufeff# Größe\r\n\r\nA\0B\r\n* [kick](clip:kick)\r\n"
    expect(parse(text)).toMatchObject({ name: "Größe", body: "A\ufffdB\n* [kick](clip:kick)", clipIds: ["kick"] })
    expect(relink(text, ["kick"])).toBe(text)
  })
})

describe("editing a song file", () => {
  it("renames without touching the rest", () => {
    const text = "#  Old *name*  #\r\n\r\n- [kick](clip:kick)\r\n"
    const print = (name: string) => printSong({ fileName, original: text, ...parse(text), name, resolve, linkOf })
    expect(print("New")).toBe("# New\r\n\r\n- [kick](clip:kick)\r\n")
    expect(print("C #")).toBe("# C \\#\r\n\r\n- [kick](clip:kick)\r\n")
    expect(print("a*b*c")).toBe("# a\\*b\\*c\r\n\r\n- [kick](clip:kick)\r\n")
    expect(print("Old name")).toBe(text)
  })

  it("adds a title where there was none", () => {
    const text = "Just [kick](clip:kick)."
    expect(printSong({ fileName, original: text, ...parse(text), name: "Named", resolve, linkOf })).toBe(
      `# Named\n\n${text}`,
    )
  })

  it("does not let a new body name the song", () => {
    const printed = printSong({
      fileName,
      original: "Text\n",
      ...parse("Text\n"),
      body: "Text\n\n# Other",
      resolve,
      linkOf,
    })
    expect(printed).toBe("# night_drive\n\nText\n\n# Other\n")
  })

  it("changes the body and keeps the lines that stay", () => {
    const text = "# S\r\n\r\n\r\nOne\r\nTwo\r\nThree\r\n\r\n"
    expect(printSong({ fileName, original: text, ...parse(text), body: "One\n2\nThree", resolve, linkOf })).toBe(
      text.replace("Two", "2"),
    )
  })

  it("adds links to lists in the list's own way", () => {
    expect(relink("# S\n\n- [kick](clip:kick)\n", ["kick", "bass"])).toBe(
      "# S\n\n- [kick](clip:kick)\n- [BASS](clip:bass)\n",
    )
    expect(relink("# S\n\n* [kick](clip:kick)\n\n* [pad](clip:pad)", ["kick", "bass", "pad"])).toBe(
      "# S\n\n* [kick](clip:kick)\n\n* [BASS](clip:bass)\n\n* [pad](clip:pad)",
    )
    expect(relink("# S\n\n> 1) [kick](clip:kick)\r\n", ["kick", "bass"])).toBe(
      "# S\n\n> 1) [kick](clip:kick)\n> 2) [BASS](clip:bass)\r\n",
    )
  })

  it("numbers the items that follow, where the list was numbered", () => {
    const text = "# S\n\n1. [kick](clip:kick) soft\n2. [bass](clip:bass)\n   more\n3. [pad](clip:pad)\n"
    expect(relink(text, ["kick", "lead", "bass", "pad"])).toBe(
      "# S\n\n1. [kick](clip:kick) soft\n2. [LEAD](clip:lead)\n3. [bass](clip:bass)\n   more\n4. [pad](clip:pad)\n",
    )
    expect(relink(text, ["bass", "pad"])).toBe("# S\n\n1. [bass](clip:bass)\n   more\n2. [pad](clip:pad)\n")
    expect(relink("1. [kick](clip:kick)\n1. [pad](clip:pad)", ["kick", "bass", "pad"])).toBe(
      "1. [kick](clip:kick)\n1. [BASS](clip:bass)\n1. [pad](clip:pad)",
    )
    expect(relink("9. [kick](clip:kick)\n   a\n10. [pad](clip:pad)\n    b", ["pad"])).toBe("9. [pad](clip:pad)\n   b")
  })

  it("moves items with what they say", () => {
    const text =
      "1. [kick](../clips/kick.js) - alone\n   - for 16 bars\n2. [bass](clip:bass) - deep\n3. [gone](clip:gone)\n"
    expect(relink(text, ["bass", "kick"])).toBe(
      "1. [bass](clip:bass) - deep\n2. [kick](../clips/kick.js) - alone\n   - for 16 bars\n3. [gone](clip:gone)\n",
    )
  })

  it("removes items, and the blank lines they leave", () => {
    const text =
      "# S\n\nOne\n\n- [kick](clip:kick)\n- [gone](clip:gone)\n\nTwo\n\n- [bass](clip:bass)\n\nThree\n\n- [pad](clip:pad)\n"
    expect(relink(text, [])).toBe("# S\n\nOne\n\n- [gone](clip:gone)\n\nTwo\n\nThree\n")
    expect(relink("Text\n- [kick](clip:kick)\n---\n", [])).toBe("Text\n\n---\n")
    expect(relink("# S\n\n- [kick](clip:kick)\n\n1. [bass](clip:bass)\n", [])).toBe("# S\n")
    expect(relink("# S\n\n[kick](clip:kick)\n[bass](clip:bass)\n\nText", [])).toBe("# S\n\nText")
    expect(relink("[kick](clip:kick)\n\n[bass](clip:bass)", [])).toBe("")
  })

  it("leaves what a link in running text says", () => {
    const text = "Start with [the **kick**](clip:kick), then [bass](clip:bass).\n"
    expect(relink(text, ["bass"])).toBe("Start with the **kick**, then [bass](clip:bass).\n")
    expect(relink(text, ["kick", "pad", "bass"])).toBe(
      "Start with [the **kick**](clip:kick) [PAD](clip:pad), then [bass](clip:bass).\n",
    )
    expect(relink(text, ["kick", "bass", "pad"])).toBe(`${text}\n- [PAD](clip:pad)\n`)
  })

  it("keeps an item that holds other links, or text below that is not indented", () => {
    expect(relink("- [kick](clip:kick) over [bass](clip:bass)\n", ["bass"])).toBe("- kick over [bass](clip:bass)\n")
    expect(relink("- [kick](clip:kick), see [site](https://strudel.cc)\n", [])).toBe(
      "- kick, see [site](https://strudel.cc)\n",
    )
    expect(relink("- [kick](clip:kick)\nText\n", [])).toBe("- kick\nText\n")
  })

  it("leaves the number of an item in which other links are edited, where a new one would move its lines", () => {
    const text = "9. [lead](clip:lead)\n10. text\n    - [kick](clip:kick)\n    - [bass](clip:bass)\n"
    expect(relink(text, ["bass"])).toBe("10. text\n    - [bass](clip:bass)\n")
  })

  it("edits sections of links that stand in lines of their own", () => {
    const text =
      "# S\n\n## Intro\n[kick.js](../clips/kick.js)\n\n## Verse\n[bass.js](../clips/bass.js)\n[pad.js](../clips/pad.js)\n"
    expect(relink(text, ["kick", "pad", "bass"])).toBe(
      "# S\n\n## Intro\n[kick.js](../clips/kick.js)\n\n## Verse\n[pad.js](../clips/pad.js)\n[bass.js](../clips/bass.js)\n",
    )
    expect(relink(text, ["kick", "lead", "bass"])).toBe(
      "# S\n\n## Intro\n[kick.js](../clips/kick.js)\n[LEAD](clip:lead)\n\n## Verse\n[bass.js](../clips/bass.js)\n",
    )
  })

  it("puts a list at the end where there were no links", () => {
    expect(relink("# S\n\nWords.\n", ["kick", "kick"])).toBe(
      "# S\n\nWords.\n\n- [KICK](clip:kick)\n- [KICK](clip:kick)\n",
    )
    expect(relink("", ["kick"])).toBe("- [KICK](clip:kick)")
  })

  it("puts the list at the start where the end is no markdown", () => {
    expect(relink("# S\n\n```\nopen\n", ["kick"])).toBe("# S\n\n- [KICK](clip:kick)\n\n<!-- -->\n\n```\nopen\n")
  })

  it("prints links as it is told, escaped", () => {
    const odd = () => ({ text: "Kick [x] *loud*", url: "../clips/Über kick.js" })
    const printed = printSong({
      fileName,
      original: "# S\n",
      ...parse("# S\n"),
      clipIds: ["Uber-kick"],
      resolve,
      linkOf: odd,
    })
    expect(printed).toBe("# S\n\n- [Kick \\[x\\] \\*loud\\*](../clips/%C3%9Cber%20kick.js)\n")
  })
})

describe("a song made in the app", () => {
  it("is printed with its links below its body, and reads again so", () => {
    const song = { name: "Opening", body: "Slow.", clipIds: ["kick", "bass"] }
    const text = printSong({ fileName, original: undefined, ...song, resolve: () => undefined, linkOf })
    expect(text).toBe("# Opening\n\nSlow.\n\n- [KICK](clip:kick)\n- [BASS](clip:bass)\n")
    expect(parse(text)).toMatchObject({ ...song, body: "Slow.\n\n- [KICK](clip:kick)\n- [BASS](clip:bass)" })
  })

  it("may be empty", () => {
    expect(printSong({ fileName, original: undefined, name: "Empty", body: "", clipIds: [], resolve, linkOf })).toBe(
      "# Empty\n",
    )
  })
})
