import type { SourceFile } from "./source.ts"

/** Something in a folder that an import does not take, and why. */
export interface Ignored {
  path: string
  why: string
}

/** A file to take, by its path within the project with `/` between folders. */
export interface Entry {
  path: string
  file: SourceFile
  /** Makes a clip of a file that its place in the folder does not. */
  as?: "clip"
  /** Whether it was made of what another file holds. */
  made?: true
}

export interface Listing {
  entries: Entry[]
  /** What is left out on purpose: hidden files, links, what is no file. */
  ignored: Ignored[]
  /** What should have been taken and could not be. */
  failed: Ignored[]
}
