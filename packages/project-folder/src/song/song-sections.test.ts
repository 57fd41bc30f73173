import { describe, expect, it } from "vitest"
import type { LinkTarget } from "../links/link-target.ts"
import { sectionsOfSong, withBars } from "./song-sections.ts"

const known = ["kick", "hats", "bass"]
const resolve = (target: LinkTarget): string | undefined => {
  const id = target.kind === "id" ? target.id : /^clips\/(.*)\.js$/.exec(target.path)?.[1]
  return id !== undefined && known.includes(id) ? id : undefined
}
const read = (body: string) =>
  sectionsOfSong(body, resolve).map(({ name, bars, clipIds }) => [name, bars, clipIds.join("+")])
const change = (body: string, index: number, bars: number) => {
  const section = sectionsOfSong(body, resolve)[index]
  if (!section) throw new Error(`no section ${index}`)
  return withBars(body, section, bars)
}

describe("the sections of a song", () => {
  it("are its headings with clips below them, in their order and with their bars", () => {
    const body =
      "Slow.\n\n## Door (8 bars)\n\n- [Kick](clip:kick)\n\n## Line, 16 bars\n\n- [Kick](clip:kick)\n- [Bass](clip:bass)\n\n## Credits\n\nNobody."
    expect(read(body)).toEqual([
      ["Door", 8, "kick"],
      ["Line", 16, "kick+bass"],
    ])
  })

  it("are single clips where there is no heading, with the bars their lines tell", () => {
    expect(read("1. [Kick](clip:kick) for 4 bars\n2. [gone](clip:gone)\n3. [Hats](../clips/hats.js)\n")).toEqual([
      [null, 4, "kick"],
      [null, null, "hats"],
    ])
  })

  it.each([
    ["## 8 bars\n\n[k](clip:kick)", [[null, 8, "kick"]]],
    ["## Verse 2 - 1.5 cycles\n\n[k](clip:kick)", [["Verse 2", 1.5, "kick"]]],
    ["## Verse 2\n\n[k](clip:kick)", [["Verse 2", null, "kick"]]],
    ["## 0 bars\n\n[k](clip:kick)", [[null, null, "kick"]]],
    ["Break [4 Bars]\n---\n\n[k](clip:kick)", [["Break", 4, "kick"]]],
    ["## Embargoed\n\n[k](clip:kick)", [["Embargoed", null, "kick"]]],
    ["## [Kick](clip:kick) (2 bars)", [["Kick", 2, "kick"]]],
    ["", []],
    [
      "## Intro (0-16 bars)\n\n[k](clip:kick)\n\n## Build (16-32)\n\n[h](clip:hats)",
      [
        ["Intro", 16, "kick"],
        ["Build", 16, "hats"],
      ],
    ],
    [
      "## Intro (bars 1–16)\n\n[k](clip:kick)\n\n## Build: 17 to 32\n\n[h](clip:hats)",
      [
        ["Intro", 16, "kick"],
        ["Build: 17 to 32", null, "hats"],
      ],
    ],
    [
      "## Bars 1-8: Intro\n\n[k](clip:kick)\n\n## Build [9 to 24]\n\n[h](clip:hats)",
      [
        ["Intro", 8, "kick"],
        ["Build", 16, "hats"],
      ],
    ],
    ["## Drop 32-48 bars\n\n[k](clip:kick)", [["Drop", 16, "kick"]]],
    [
      "1. [k](clip:kick) (0-16 bars)\n2. [h](clip:hats) (16-24)",
      [
        [null, 16, "kick"],
        [null, 8, "hats"],
      ],
    ],
    ["## Verse 2 - 16 bars\n\n[k](clip:kick)", [["Verse 2", 16, "kick"]]],
    ["## 16 bars: Verse\n\n[k](clip:kick)", [["Verse", 16, "kick"]]],
    ["## Groove for 4 bars\n\n[k](clip:kick)", [["Groove", 4, "kick"]]],
    ["## Break (1,5 bars)\n\n[k](clip:kick)", [["Break", 1.5, "kick"]]],
    // What says more than a length is a name, as it was written.
    ["## 8 bars of silence\n\n[k](clip:kick)", [["8 bars of silence", 8, "kick"]]],
    ["## Break (8 bars, filter opens)\n\n[k](clip:kick)", [["Break (8 bars, filter opens)", 8, "kick"]]],
    ["## Intro (0:00-0:30)\n\n[k](clip:kick)", [["Intro (0:00-0:30)", null, "kick"]]],
    ["## Live (2024-2025)\n\n[k](clip:kick)", [["Live (2024-2025)", null, "kick"]]],
    ["## Groove (120-130 bpm)\n\n[k](clip:kick)", [["Groove (120-130 bpm)", null, "kick"]]],
    ["## Take (16-8)\n\n[k](clip:kick)", [["Take (16-8)", null, "kick"]]],
    ["## Loop (2x8 bars)\n\n[k](clip:kick)", [["Loop (2x8 bars)", null, "kick"]]],
    ["## 1000 bars\n\n[k](clip:kick)", [["1000 bars", null, "kick"]]],
  ])("are read from %j", (body, expected) => {
    expect(read(body)).toEqual(expected)
  })
})

describe("other bars for a section", () => {
  it.each([
    ["## Door (8 bars)\n\n[k](clip:kick)", 16, "## Door (16 bars)\n\n[k](clip:kick)"],
    ["## Door (8 bars) ##\r\n\r\n[k](clip:kick)", 1, "## Door (1 bar) ##\r\n\r\n[k](clip:kick)"],
    ["## Door ##\n\n[k](clip:kick)", 3, "## Door (3 bars) ##\n\n[k](clip:kick)"],
    ["Door\n====\n\n[k](clip:kick)", 3, "Door (3 bars)\n====\n\n[k](clip:kick)"],
    ["- **[k](clip:kick)** and so on", 12, "- **[k](clip:kick)** (12 bars) and so on"],
    ["- [k](clip:kick), 8 bars", 2.5, "- [k](clip:kick), 2.5 bars"],
    ["##\n\n[k](clip:kick)", 5, "## (5 bars)\n\n[k](clip:kick)"],
    ["## 4 bars\n\n[k](clip:kick)", 5, "## 5 bars\n\n[k](clip:kick)"],
    ["## Intro (0-16 bars)\n\n[k](clip:kick)", 1, "## Intro (0-1 bars)\n\n[k](clip:kick)"],
    ["## Build (16 - 32)\n\n[k](clip:kick)", 8, "## Build (16 - 24)\n\n[k](clip:kick)"],
    ["## Intro, bars 1–16\n\n[k](clip:kick)", 20, "## Intro, bars 1–20\n\n[k](clip:kick)"],
    ["- [k](clip:kick), 16-24 cycles", 4, "- [k](clip:kick), 16-20 cycles"],
  ])("change only these in %j", (body, bars, expected) => {
    expect(change(body, 0, bars)).toBe(expected)
    expect(sectionsOfSong(expected, resolve)[0]?.bars).toBe(bars)
  })

  it("leave those of the others as they are, whichever is changed", () => {
    const body = "## A (1-16)\n\n[k](clip:kick)\n\n## B (17-32)\n\n[h](clip:hats)\n\n## C (33-40)\n\n[b](clip:bass)"
    for (const bars of [1, 2, 15, 16, 17]) {
      for (const index of [0, 1, 2]) {
        const lengths = [16, 16, 8].map((other, place) => (place === index ? bars : other))
        expect(sectionsOfSong(change(body, index, bars), resolve).map((section) => section.bars)).toEqual(lengths)
      }
    }
  })

  it("are refused where they are no length", () => {
    const body = "## Door\n\n[k](clip:kick)"
    expect(() => change(body, 0, 0)).toThrow(RangeError)
    expect(() => change(body, 0, 1_000)).toThrow("at most 999")
  })
})
