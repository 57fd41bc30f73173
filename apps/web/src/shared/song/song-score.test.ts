import { describe, expect, it } from "vitest"
import { planOf, type Staging, scoreOfSong } from "./song-score.ts"

const clips = ["kick", "hats", "bass"].map((id) => ({ id, name: id.toUpperCase(), metadata: {} }))
const song = (body: string, clipIds: string[]) =>
  scoreOfSong({ projectId: "house", id: "sunset", name: "Sunset", body, clipIds, clips })
const staging: Staging = { order: "arrange", tempo: "match", cps: 0.5 }

describe("the score of a song", () => {
  it("follows its text where that lists its clips", () => {
    const body =
      "## Door (4 bars)\n- [K](clip:kick)\n\n## Floor\n- [K](../clips/kick.js)\n- [B](clip:bass)\n- [G](clip:gone)"
    expect(song(body, ["kick", "kick", "bass"]).sections).toMatchObject([
      { name: "Door", bars: 4, clipIds: ["kick"] },
      { name: "Floor", bars: 8, clipIds: ["kick", "bass"] },
    ])
  })

  it("is each clip by itself where the text lists others", () => {
    expect(song("## Door (4 bars)\n- [K](clip:kick)", ["kick", "hats"]).sections).toEqual([
      { name: "KICK", bars: 8, clipIds: ["kick"], inText: null },
      { name: "HATS", bars: 8, clipIds: ["hats"], inText: null },
    ])
  })
})

describe("the plan of a song", () => {
  const score = song("## A (4 bars)\n- [K](clip:kick)\n- [H](clip:hats)\n## B (2 bars)\n- [K](clip:kick)", [
    "kick",
    "hats",
    "kick",
  ])

  it("plays its sections for their bars at one tempo", () => {
    expect(planOf([{ score, staging }], false)).toEqual({
      loop: false,
      align: "section",
      sections: [
        {
          id: "house/sunset#0",
          cycles: 4,
          cps: 0.5,
          clips: [
            { key: "house/kick", tempo: "match" },
            { key: "house/hats", tempo: "match" },
          ],
        },
        { id: "house/sunset#1", cycles: 2, cps: 0.5, clips: [{ key: "house/kick", tempo: "match" }] },
      ],
    })
  })

  it("leaves each section its own tempo where tempos are switched", () => {
    const plan = planOf([{ score, staging: { ...staging, tempo: "switch" } }], true)
    expect(plan?.sections.map(({ cps }) => cps)).toEqual([null, null])
  })

  it("plays each clip once where all play at the same time", () => {
    const plan = planOf([{ score, staging: { ...staging, order: "stack" } }], true)
    expect(plan?.sections).toHaveLength(1)
    expect(plan?.sections[0]?.clips.map(({ key }) => key)).toEqual(["house/kick", "house/hats"])
  })

  it("of a song without clips is none", () => {
    expect(planOf([{ score: song("", []), staging }], true)).toBeUndefined()
  })
})
