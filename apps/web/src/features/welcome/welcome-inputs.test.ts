import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { isNewLibrary, samples } from "./welcome-inputs.ts"

const folder = join(import.meta.dirname, "../../../../../samples")

const sampleSessions = samples.sessions.map((id) => ({ id, answeredBy: "none" }))
const sampleProjects = samples.projects.map((id) => ({ id, clipCount: 7 }))
const own = "0197a4f0-0000-4000-8000-000000000001"

it("knows the samples as their folder has them", () => {
  const index: { id: string }[] = JSON.parse(readFileSync(join(folder, "sessions", "index.json"), "utf8"))
  expect(samples.sessions.toSorted()).toEqual(index.map(({ id }) => id).toSorted())
  const projects = readdirSync(join(folder, "projects"))
  expect(samples.projects.toSorted()).toEqual(projects.toSorted())
  const clips = projects.flatMap((project) => readdirSync(join(folder, "projects", project, "clips")))
  expect(samples.clips).toBe(clips.length)
})

it("takes a library for new that is empty, or has samples alone", () => {
  expect(isNewLibrary([], [])).toBe(true)
  expect(isNewLibrary(sampleSessions, sampleProjects)).toBe(true)
})

it("takes none for new in which somebody began a session, or went on with a sample", () => {
  expect(isNewLibrary([...sampleSessions.slice(1), { id: own, answeredBy: "strudel" }], sampleProjects)).toBe(false)
  expect(isNewLibrary([{ id: own, answeredBy: "external" }], [])).toBe(false)
  expect(isNewLibrary([{ id: samples.sessions[0] ?? "", answeredBy: "strudel" }], sampleProjects)).toBe(false)
})

it("takes none for new that was filled without a session, or with conversations from elsewhere", () => {
  expect(isNewLibrary([], [{ id: "mine", clipCount: 300 }])).toBe(false)
  expect(isNewLibrary([], [{ id: "mine", clipCount: 1 }])).toBe(false)
  expect(isNewLibrary(sampleSessions, [{ id: "house", clipCount: 31 }])).toBe(false)
  expect(isNewLibrary([{ id: own, answeredBy: "none" }], [])).toBe(false)
})
