import { describe, expect, it } from "vitest"
import type { LinkTarget } from "./link-target.ts"
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
  ])("change only these in %j", (body, bars, expected) => {
    expect(change(body, 0, bars)).toBe(expected)
    expect(sectionsOfSong(expected, resolve)[0]?.bars).toBe(bars)
  })

  it("are refused where they are no length", () => {
    const body = "## Door\n\n[k](clip:kick)"
    expect(() => change(body, 0, 0)).toThrow(RangeError)
    expect(() => change(body, 0, 1_000)).toThrow("at most 999")
  })
})
