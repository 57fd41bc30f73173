/** Something in a folder that an import does not take, and why. */
export interface Ignored {
  path: string
  why: string
}

/** A file to take, by its path within the project with `/` between folders. */
export interface Entry {
  path: string
  absolute: string
  /** Makes a clip of a file that its place in the folder does not. */
  as?: "clip"
  /** What is sent for it, where that is not what the file holds. */
  content?: Buffer
}

export interface Listing {
  entries: Entry[]
  /** What is left out on purpose: hidden files, links, what is no file. */
  ignored: Ignored[]
  /** What should have been taken and could not be. */
  failed: Ignored[]
}
