import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { parseClip, printClip } from "./clip-file.ts"
import type { LinkTarget } from "./links/link-target.ts"
import { classify, isSafePath, slugFor } from "./paths.ts"
import { parsePlaylist, printPlaylist } from "./playlist-file.ts"
import { parseProject, printProject } from "./project-file.ts"
import { parseSong, printSong } from "./song/song-file.ts"
import { decodeFile } from "./storable-text.ts"

const root = fileURLToPath(new URL("../fixtures/traps/", import.meta.url))

function filesBelow(folder: string, below = ""): string[] {
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = below ? `${below}/${name}` : name
    return statSync(join(folder, path)).isDirectory() ? filesBelow(folder, path) : [path]
  })
}

/** Imports a project folder and prints every file of it again. */
function roundTrip(project: string) {
  const folder = join(root, project)
  const taken = new Set<string>()
  const files = filesBelow(folder)
    .sort()
    .map((path) => {
      const classified = classify(path)
      const id = classified.id && slugFor(classified.id, (each) => taken.has(`${classified.type}/${each}`))
      taken.add(`${classified.type}/${id}`)
      return {
        path,
        fileName: path.split("/").at(-1) ?? "",
        type: classified.type,
        id,
        bytes: readFileSync(join(folder, path)),
      }
    })
  const resolverOf = (type: "clip" | "song") => (target: LinkTarget) =>
    files.find(
      (file) => file.type === type && (target.kind === "id" ? file.id === target.id : file.path === target.path),
    )?.id
  const linkOf = (id: string) => ({ text: id })

  return files.map(({ path, fileName, type, bytes, id }) => {
    const text = decodeFile(bytes)
    if (text === undefined || type === "other") return { path, type, id, bytes, printed: bytes, parsed: undefined }
    const file = { fileName, original: text }
    if (type === "clip") {
      const parsed = parseClip({ fileName, text })
      return { path, type, id, bytes, parsed, printed: Buffer.from(printClip({ ...file, ...parsed })) }
    }
    if (type === "project") {
      const parsed = parseProject({ folderName: project, text })
      return {
        path,
        type,
        id,
        bytes,
        parsed,
        printed: Buffer.from(printProject({ folderName: project, original: text, ...parsed }) ?? ""),
      }
    }
    const resolve = resolverOf(type === "song" ? "clip" : "song")
    if (type === "song") {
      const parsed = parseSong({ fileName, text, resolve })
      return { path, type, id, bytes, parsed, printed: Buffer.from(printSong({ ...file, ...parsed, resolve, linkOf })) }
    }
    const parsed = parsePlaylist({ fileName, text, resolve })
    return {
      path,
      type,
      id,
      bytes,
      parsed,
      printed: Buffer.from(printPlaylist({ ...file, ...parsed, resolve, linkOf })),
    }
  })
}

const projects = readdirSync(root).sort()

describe.each(projects)("the project folder %s", (project) => {
  const files = roundTrip(project)

  it.each(files.map((file) => [file.path, file] as const))("gives back %s byte for byte", (path, file) => {
    expect(file.printed.equals(file.bytes)).toBe(true)
    expect(isSafePath(path)).toBe(true)
  })
})

describe("what the trap folders hold", () => {
  const named = (project: string) => new Map(roundTrip(project).map((file) => [file.path.normalize("NFC"), file]))
  const night = named("night-drive")

  it("is complete: three projects, one without index.md, clips of every kind", () => {
    expect(projects).toHaveLength(3)
    expect(projects.map((project) => named(project).has("index.md")).sort()).toEqual([false, true, true])
    expect([...night.values()].filter(({ type }) => type === "clip")).toHaveLength(18)
    expect([...night.values()].filter(({ type }) => type === "other").map(({ path }) => path)).toEqual([
      "assets/cover.bin",
      "notes.txt",
      "surfaces/techno_kick.yaml",
    ])
  })

  it("resolves links of both forms, composed and decomposed names, and reports what leads nowhere", () => {
    expect(night.get("songs/opening.md")?.parsed).toMatchObject({
      name: "Opening",
      clipIds: ["kick", "bass", "kick", "Uber-Kick", "cafe"],
      brokenLinks: [{ text: "gone.js", url: "../clips/gone.js", line: 15 }],
    })
    expect(night.get("songs/refs.md")?.parsed).toMatchObject({
      clipIds: ["kick", "bass", "kick"],
      brokenLinks: [{ url: "clip:missing" }],
    })
    expect(night.get("songs/prose.md")?.parsed).toMatchObject({ name: "prose", clipIds: ["kick", "bass"] })
    expect(night.get("songs/Größe.md")?.parsed).toMatchObject({ name: "Größe", clipIds: ["Uber-Kick"] })
    expect(night.get("playlists/friday.md")?.parsed).toMatchObject({
      name: "Friday Night",
      songIds: ["opening", "refs", "opening"],
      brokenLinks: [{ url: "../songs/lost.md" }],
    })
  })

  it("loses no line of a long clip", () => {
    const clip = night.get("clips/long_way_home.js")
    expect(clip?.parsed).toMatchObject({ name: "The Long Way Home", metadata: { bpm: 124 } })
    expect(clip?.bytes.toString().split("\n").length).toBeGreaterThan(500)
    expect(clip?.parsed && "code" in clip.parsed && clip.parsed.code).toBe(clip?.bytes.toString().replace(/^.*\n/, ""))
  })

  it("keeps all of a long index.md", () => {
    const index = night.get("index.md")?.parsed
    expect(index).toMatchObject({ name: "Night Drive" })
    expect(index && "description" in index && index.description).toContain("See [the first clip]")
  })
})
