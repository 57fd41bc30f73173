import { describe, expect, it } from "vitest"
import { itemOfLink, itemPath } from "./item-link.ts"

const song = { projectId: "house", folder: "songs/" } as const
const index = { projectId: "house", folder: "" } as const

describe("itemOfLink", () => {
  it.each([
    ["clip:kick", song, "/projects/house/clips/kick"],
    ["song:sunset", index, "/projects/house/songs/sunset"],
    ["playlist:after-work", index, "/projects/house/playlists/after-work"],
    ["../clips/kick.js", song, "/projects/house/clips/kick"],
    ["../clips/kick%2D2.js", song, "/projects/house/clips/kick-2"],
    ["clips/kick.v2.js", index, "/projects/house/clips/kick.v2"],
    ["../clips/kick.str", song, "/projects/house/clips/kick"],
    ["../clips/kick.v2.Tidal", song, "/projects/house/clips/kick.v2"],
    ["./other.md", song, "/projects/house/songs/other"],
    ["../../acid/clips/tin-hats.js", song, "/projects/acid/clips/tin-hats"],
    ["/projects/acid/clips/tin-hats", song, "/projects/acid/clips/tin-hats"],
  ] as const)("takes %s for an item", (href, base, path) => {
    const item = itemOfLink(href, base)
    expect(item && itemPath(item)).toBe(path)
  })

  it.each([
    "https://strudel.cc/clips/kick.js",
    "//evil.example/projects/a/clips/b",
    "javascript:alert(1)",
    "data:text/html,x",
    "clip:",
    "clip:%E0%A4%A",
    "#top",
    "?q=x",
    "../surfaces/a.yaml",
    "../../../../etc/passwd",
    "",
  ])("takes %j for no item", (href) => {
    expect(itemOfLink(href, song)).toBeUndefined()
  })

  it("leads nowhere but to a page of the library, whatever an id is", () => {
    const item = itemOfLink("clip:../../../sessions", song)
    expect(item && itemPath(item)).toBe("/projects/house/clips/..%2F..%2F..%2Fsessions")
  })
})
