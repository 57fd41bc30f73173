import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { insertAfter, move, type Run, remove, repeat } from "#shared/song/order.ts"
import { KnownTexts } from "../arrangement/known-texts.ts"
import { createOrderKeeper, type OrderStorage } from "../arrangement/order-keeper.ts"
import { movedText, placesOfSong } from "./song-places.ts"

const projectId = "acid"
const folder = join(import.meta.dirname, "../../../../../../samples/projects")
const samples = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => /\bsongs\b.*\.md$/.test(path))
  .map((path) => readFileSync(join(folder, path), "utf8").replace(/^# .*\n+/, ""))
const basement = samples.find((body) => body.includes("## Strobe (8 bars)")) ?? ""

const linked = (body: string) => [...body.matchAll(/\(clip:([^)]+)\)/g)].flatMap(([, id]) => id ?? [])

/** A song's page with a store of its own: what is edited, and the text that is stored. */
function createPage(body: string) {
  let song = { projectId, body, clipIds: linked(body) }
  let moment = 1000
  const texts = new KnownTexts()
  const stored = () => {
    const { ids, sections } = placesOfSong(song)
    return { ids, sections, updatedAt: new Date(moment).toISOString() }
  }
  const storage: OrderStorage = {
    most: 500,
    save(places) {
      const text = movedText(song, places, { texts, nameOf: (id) => id })
      if (text === undefined) return Promise.reject(new Error("no text says this order"))
      song = { ...song, body: text, clipIds: places.ids }
      moment += 1000
      const next = stored()
      texts.keep({ text, places: { ids: next.ids, sections: next.sections } })
      return Promise.resolve(next)
    },
    load: () => Promise.resolve(stored()),
  }
  const keeper = createOrderKeeper(stored(), storage, { rest: 1_000_000 })
  return { keeper, text: () => song.body, listed: () => placesOfSong(song) }
}

const at = (runs: readonly Run[], place: number) => runs[place % Math.max(runs.length, 1)]?.key ?? ""

const Edit = fc.record({
  act: fc.constantFrom("move", "move", "move", "add", "remove", "more"),
  row: fc.nat(40),
  to: fc.nat(40),
  stores: fc.boolean(),
})

const Song = fc
  .array(
    fc.record({
      name: fc.constantFrom("Intro (8 bars)", "Drop", "Break (16 bars)"),
      said: fc.constantFrom("", "Quiet, then *loud*.\n\n"),
      clips: fc.array(fc.constantFrom("kick", "hats", "bass"), { minLength: 1, maxLength: 4 }),
      marker: fc.constantFrom("- ", "* ", "1. "),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((sections) =>
    sections
      .map(({ name, said, clips, marker }) => {
        const items = clips.map((id) => `${marker}[The ${id}](clip:${id}) plays`)
        return `## ${name}\n\n${said}${items.join("\n")}`
      })
      .join("\n\n"),
  )

function edited(runs: readonly Run[], { act, row, to }: { act: string; row: number; to: number }): Run[] {
  const key = at(runs, row)
  if (act === "add") return insertAfter(runs, key, "new-one").runs
  if (act === "remove") return runs.length > 1 ? remove(runs, key) : [...runs]
  if (act === "more") return repeat(runs, key, 1)
  return move(runs, key, to % Math.max(runs.length, 1))
}

describe("the order of a song that is listed by sections", () => {
  it("gives back the same bytes when random moves are undone", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(...samples), Song),
        fc.array(Edit, { minLength: 1, maxLength: 8 }),
        async (body, edits) => {
          const { keeper, text, listed } = createPage(body)
          const shown = () => keeper.state().runs.map(({ id, times, section }) => [id, times, section])
          for (const edit of edits) {
            keeper.edit((runs) => edited(runs, edit))
            if (edit.stores) await keeper.flush()
          }
          await keeper.flush()
          expect(keeper.state().aside).toBeUndefined()
          expect(listed().sections).toEqual(
            keeper.state().runs.flatMap(({ section, times }) => Array.from({ length: times }, () => section)),
          )
          while (keeper.undo()) await keeper.flush()
          expect(text()).toBe(body)
          expect(shown()).toEqual(
            createPage(body)
              .keeper.state()
              .runs.map(({ id, times, section }) => [id, times, section]),
          )
        },
      ),
      { numRuns: 100 },
    )
  })

  it("keeps neighbours of different sections apart, and the first row of Basement at place 4 after it is moved there", async () => {
    const { keeper, text, listed } = createPage(basement)
    const rows = () => keeper.state().runs.map(({ id, times, section }) => [id, times, section])
    expect(rows().slice(0, 4)).toEqual([
      ["warehouse-kick", 1, 1],
      ["warehouse-kick", 1, 2],
      ["tin-hats", 1, 2],
      ["warehouse-kick", 1, 3],
    ])
    keeper.edit((runs) => move(runs, runs[0]?.key ?? "", 3))
    await keeper.flush()
    expect(rows().slice(0, 5)).toEqual([
      ["warehouse-kick", 1, 2],
      ["tin-hats", 1, 2],
      ["warehouse-kick", 1, 3],
      ["warehouse-kick", 1, 3],
      ["tin-hats", 1, 3],
    ])
    expect(text()).toContain("lights out.\n\n## Door (8 bars)\n\n## Stairs (8 bars)\n\n- [Warehouse")
    expect(listed().names).toEqual([null, "Door", "Stairs", "Line", "Strobe", "Two boxes", "Sweat", "Lights"])
    keeper.undo()
    await keeper.flush()
    expect(text()).toBe(basement)
  })
})
