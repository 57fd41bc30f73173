import { renderToString } from "react-dom/server"
import { expect, it } from "vitest"
import { SongSectionsPart } from "./song-sections-part.tsx"

const song = { projectId: "house", id: "night", name: "Night", body: "", clipIds: ["kick"], clips: [] }
const storage = { load: () => Promise.reject(new Error("unread")), save: () => Promise.reject(new Error("unsaved")) }

it("lets nobody choose what its scripts are not there to hear of", () => {
  const drawn = renderToString(<SongSectionsPart song={song} updatedAt="2026-01-01T00:00:00Z" storage={storage} />)
  const [before = "", within = ""] = drawn.split('<fieldset disabled=""')
  expect(before).not.toMatch(/<(select|input)/)
  expect(within.split("</fieldset>")[0]).toMatch(/aria-label="Order".*aria-label="Tempo".*aria-label="Bars of kick"/s)
})
