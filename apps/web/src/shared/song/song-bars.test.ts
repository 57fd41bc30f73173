import { describe, expect, it } from "vitest"
import { textWithBars } from "./song-bars.ts"
import { scoreOfSong } from "./song-score.ts"

const clips = ["kick", "hats"].map((id) => ({ id, name: id.toUpperCase(), metadata: {} }))
const scoreOf = (body: string, clipIds: string[]) =>
  scoreOfSong({ projectId: "house", id: "sunset", name: "Sunset", body, clipIds, clips })

describe("other bars for a section of a song", () => {
  it("are written into its text", () => {
    const body = "Slow.\n\n## One (4 bars)\n\n- [K](clip:kick)\n\n## Two\n\n- [H](clip:hats)"
    const score = scoreOf(body, ["kick", "hats"])
    expect(textWithBars(body, score, { index: 1, bars: 16 })).toBe(body.replace("## Two", "## Two (16 bars)"))
  })

  it("of a song whose text lists nothing write the list behind it, which then counts", () => {
    const body = "Only words."
    const written = textWithBars(body, scoreOf(body, ["kick", "hats"]), { index: 0, bars: 2 })
    expect(written).toBe(
      "Only words.\n\n## KICK (2 bars)\n\n- [KICK](clip:kick)\n\n## HATS (8 bars)\n\n- [HATS](clip:hats)",
    )
    expect(scoreOf(written, ["kick", "hats"]).sections).toMatchObject([
      { name: "KICK", bars: 2 },
      { name: "HATS", bars: 8 },
    ])
  })
})
