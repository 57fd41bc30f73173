import { describe, expect, it } from "vitest"
import type { LinkTarget } from "./links/link-target.ts"
import { parsePlaylist, printPlaylist } from "./playlist-file.ts"

const songs = ["opening", "sunset"]
const resolve = (target: LinkTarget): string | undefined =>
  songs.find((id) => (target.kind === "id" ? target.id === id : target.path === `songs/${id}.md`))
const linkOf = (id: string) => ({ text: id })
const text =
  "# Friday\n\n1. [Opening](../songs/opening.md)\n2. [Sunset](song:sunset)\n3. [Lost](../songs/lost.md)\n4. [About](../index.md)\n5. [Kick](clip:kick)\n"
const parsed = parsePlaylist({ fileName: "friday.md", text, resolve })

describe("a playlist file", () => {
  it("reads its links to songs, and no others", () => {
    expect(parsed).toMatchObject({ name: "Friday", songIds: ["opening", "sunset"] })
    expect(parsed.brokenLinks).toEqual([{ text: "Lost", url: "../songs/lost.md", line: 5 }])
  })

  it("is edited in its numbered list", () => {
    const edit = { fileName: "friday.md", original: text, ...parsed, resolve, linkOf }
    expect(printPlaylist(edit)).toBe(text)
    expect(printPlaylist({ ...edit, songIds: ["opening", "opening", "sunset"] })).toBe(
      "# Friday\n\n1. [Opening](../songs/opening.md)\n2. [opening](song:opening)\n3. [Sunset](song:sunset)\n4. [Lost](../songs/lost.md)\n5. [About](../index.md)\n6. [Kick](clip:kick)\n",
    )
  })

  it("made in the app links songs by id", () => {
    const printed = printPlaylist({
      fileName: "a.md",
      original: undefined,
      name: "A",
      body: "",
      songIds: ["sunset"],
      resolve,
      linkOf,
    })
    expect(printed).toBe("# A\n\n- [sunset](song:sunset)\n")
  })
})
