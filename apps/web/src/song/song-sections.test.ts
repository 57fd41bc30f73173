import { expect, it } from "vitest"
import { sectionsOfSong } from "./song-sections.ts"

const body = `# Low Tide

Text with a [clip](clip:tide) before any section belongs to none.

## Shore (4 bars)

- [Tide](clip:tide)

## First **stones** (2.5 cycles)

- [Tide](clip:tide)
- [Pebbles](../clips/pebbles.js)

## Nothing in it

## Return

- [Tide](clip:tide)
`

it("reads the sections of a song's text, with their lengths and the clips that play together", () => {
  const text = body.replace("[clip](clip:tide)", "clip")
  expect(sectionsOfSong({ projectId: "p", body: text, clipIds: ["tide", "tide", "pebbles", "tide"] })).toEqual([
    { name: "Shore", cycles: 4, clipIds: ["tide"] },
    { name: "First stones", cycles: 2.5, clipIds: ["tide", "pebbles"] },
    { name: "Return", cycles: 4, clipIds: ["tide"] },
  ])
})

it("plays the clips one after the other where the text says something else than the order", () => {
  const sections = sectionsOfSong({ projectId: "p", body, clipIds: ["tide", "pebbles"] }, (id) =>
    id === "tide" ? 8 : undefined,
  )
  expect(sections).toEqual([
    { name: undefined, cycles: 8, clipIds: ["tide"] },
    { name: undefined, cycles: 4, clipIds: ["pebbles"] },
  ])
})

it("has no sections where a song has no clips", () => {
  expect(sectionsOfSong({ projectId: "p", body: "# Empty\n\n## A (4 bars)\n", clipIds: [] })).toEqual([])
})
