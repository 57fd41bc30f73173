import { readdirSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"

const root = join(import.meta.dirname, "..", "..", "..", "..")
const fixtures = join(root, "packages", "strudel", "fixtures")
const samples = join(root, "samples", "projects")

export interface Fixture {
  name: string
  code: string
}

function filesOf(folder: string, ending = ".js", prefix = ""): Fixture[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => ({ name: prefix + basename(file, ending), code: readFileSync(join(folder, file), "utf8") }))
}

/** A clip for each feature of the language. */
export const clipFixtures = () => filesOf(join(fixtures, "clips"))

/** Clips that must not play; as text, since other tools need not be able to read them. */
export const errorFixtures = () => filesOf(join(fixtures, "errors"), ".txt")

/** The clips of the sample collection, with the line of metadata on top that their files have. */
export const sampleClips = () =>
  readdirSync(samples)
    .sort()
    .flatMap((project) => filesOf(join(samples, project, "clips"), ".js", `${project}/`))
