import { expect, it } from "vitest"
import { songOf } from "./song-of-plan.ts"

const sources = [
  { key: "tools", code: "t" },
  { key: "kick", code: "k" },
  { key: "bass", code: "b" },
]
const clip = (key: string) => ({ key, tempo: "match" as const })

it("plays sources without a plan at the same time", () => {
  expect(songOf(sources, null)).toEqual({
    clips: sources.map(({ key, code }) => ({ id: key, code, silent: false, follows: false })),
    order: "stack",
  })
})

it("runs what a section does not play, ahead of it and unheard", () => {
  const sections = [{ id: "a", cycles: 2, cps: null, clips: [clip("kick")] }]
  const { clips } = songOf(sources, { sections, loop: true, align: "section" })
  expect(clips.map(({ id, silent, follows }) => [id, silent, follows])).toEqual([
    ["tools", true, false],
    ["bass", true, false],
    ["kick", false, true],
  ])
})

it("plays the sections of a plan one after the other", () => {
  const sections = [
    { id: "a", cycles: 2, cps: 0.6, clips: [clip("kick")] },
    { id: "b", cycles: 3, cps: null, clips: [clip("bass")] },
  ]
  expect(songOf(sources, { sections, loop: true, align: "section" })).toEqual({
    clips: sources.map(({ key, code }) => ({ id: key, code, silent: key === "tools", follows: key !== "tools" })),
    order: "stack",
    sections: [
      { cycles: 2, clips: ["kick"] },
      { cycles: 3, clips: ["bass"] },
    ],
    cps: 0.6,
  })
})
