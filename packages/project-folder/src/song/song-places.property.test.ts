import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { LinkTarget } from "../links/link-target.ts"
import { partsOfSong, withClipsInParts } from "./song-places.ts"

const resolve = (target: LinkTarget): string | undefined =>
  target.kind === "id" ? target.id : /^clips\/(.*)\.js$/.exec(target.path)?.[1]
const linkOf = (id: string) => ({ text: `The ${id}` })
const clipsOf = (body: string) => partsOfSong(body, resolve).map(({ clipIds }) => clipIds)

const projects = join(import.meta.dirname, "../../../../samples/projects")
const samples = readdirSync(projects, { recursive: true, encoding: "utf8" })
  .filter((path) => /\bsongs\b.*\.md$/.test(path))
  .map((path) => readFileSync(join(projects, path), "utf8"))

/** A clip that is taken from one place of a list of parts, and put into another. */
type Move = { from: number; part: number; place: number; added: boolean }

const Move: fc.Arbitrary<Move> = fc.record({ from: fc.nat(), part: fc.nat(), place: fc.nat(), added: fc.boolean() })

function moved(parts: readonly (readonly string[])[], { from, part, place, added }: Move) {
  const filled = parts.flatMap((ids, index) => (ids.length > 0 ? [index] : []))
  const source = filled[from % Math.max(filled.length, 1)]
  const rest = parts.map((ids) => [...ids])
  const id = added || source === undefined ? "new-one" : rest[source]?.splice(from % (rest[source]?.length ?? 1), 1)[0]
  // Where nothing stands before the first heading, a list cannot begin there.
  const target = rest[filled[part % Math.max(filled.length, 1)] ?? rest.length - 1]
  target?.splice(place % (target.length + 1), 0, id ?? "new-one")
  return rest
}

const link = fc
  .tuple(fc.constantFrom("kick", "hat", "bass"), fc.boolean())
  .map(([id, byPath]) => (byPath ? `[${id}](../clips/${id}.js)` : `[${id}](clip:${id})`))
const Song = fc
  .array(
    fc.record({
      heading: fc.constantFrom("## Intro (8 bars)", "## Drop", "Break\n-----", "# 1-16"),
      before: fc.constantFrom("", "All *quiet*.\n\n"),
      items: fc.array(fc.tuple(link, fc.constantFrom("", " twice", "\n  more of it")), { maxLength: 4 }),
      marker: fc.constantFrom("- ", "* ", "1. "),
      loose: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((sections) =>
    sections
      .map(({ heading, before, items, marker, loose }) => {
        const indent = " ".repeat(marker.length - 2)
        const lines = items.map(([each, rest]) => marker + each + rest.replaceAll("\n", `\n${indent}`))
        return `${heading}\n\n${before}${lines.join(loose ? "\n\n" : "\n")}`.trimEnd()
      })
      .join("\n\n"),
  )

describe("the parts of a song's text", () => {
  it.each(samples)("keep the clips that they are told to have, sample %#", (body) => {
    fc.assert(
      fc.property(fc.array(Move, { maxLength: 6 }), (moves) => {
        let text = body
        for (const move of moves) {
          const clipIds = moved(clipsOf(text), move)
          const next = withClipsInParts(text, { resolve, clipIds, linkOf })
          expect(next).toBeDefined()
          expect(clipsOf(next ?? "")).toEqual(clipIds)
          text = next ?? text
        }
      }),
      { numRuns: 40 },
    )
  })

  it("keep the clips that they are told to have, or the text is told to be none that can be changed", () => {
    let changed = 0
    let all = 0
    fc.assert(
      fc.property(Song, Move, (body, move) => {
        const clipIds = moved(clipsOf(body), move)
        const next = withClipsInParts(body, { resolve, clipIds, linkOf })
        all++
        if (next === undefined) return
        changed++
        expect(clipsOf(next)).toEqual(clipIds)
      }),
      { numRuns: 400 },
    )
    expect(changed / all).toBeGreaterThan(0.95)
  })

  it("keep every byte where they keep their clips", () => {
    fc.assert(
      fc.property(fc.oneof(Song, fc.constantFrom(...samples)), (body) => {
        expect(withClipsInParts(body, { resolve, clipIds: clipsOf(body), linkOf })).toBe(body)
      }),
    )
  })

  it("put a clip below a heading that has none", () => {
    const body = "## Intro\n\n## Drop\n\n- [kick](clip:kick)"
    expect(withClipsInParts(body, { resolve, clipIds: [[], ["kick"], []], linkOf })).toBe(
      "## Intro\n\n- [kick](clip:kick)\n\n## Drop",
    )
  })

  it("tell of a song whose first row moves to place 4 that it plays there", () => {
    const body = samples.find((each) => each.includes("## Strobe (8 bars)")) ?? ""
    const [before, title, door, stairs, ...rest] = clipsOf(body)
    expect([before, title, door, stairs]).toEqual([[], [], ["warehouse-kick"], ["warehouse-kick", "tin-hats"]])
    const clipIds = [[], [], [], stairs ?? [], ["warehouse-kick", ...(rest[0] ?? [])], ...rest.slice(1)]
    const next = withClipsInParts(body, { resolve, clipIds, linkOf }) ?? ""
    expect(clipsOf(next)).toEqual(clipIds)
    expect(next).toContain("## Door (8 bars)\n\n## Stairs (8 bars)")
  })
})
