/** What was read of a file, or what keeps it from being read, in words; `missing` where there is no such file. */
export type Reading =
  | { content: Uint8Array; problem?: undefined; missing?: undefined }
  | { content?: undefined; problem: string; missing?: boolean }

/** A file that can be read, on a disk or in a browser. */
export interface SourceFile {
  /** Reads the file if it has at most so many bytes. Never rejects. */
  read(most: number): Promise<Reading>
}

export type SourceChild =
  | { name: string; kind: "file"; file: SourceFile }
  | { name: string; kind: "folder"; folder: SourceFolder }
  | { name: string; kind: "link" }
  | { name: string; kind: "other" }

/** What a folder holds, in order of names; names that are no UTF-8 come separately. */
export interface SourceChildren {
  children: SourceChild[]
  unreadableNames: string[]
}

/** A folder that can be read, on a disk or in a browser. */
export interface SourceFolder {
  /** As the person knows it. */
  path: string
  /** The name of the folder that the path stands for. */
  name(): Promise<string>
  /** Rejects with an error whose message says in words why it cannot be read. */
  list(): Promise<SourceChildren>
}

export const problemOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export const isHidden = (name: string): boolean => name.startsWith(".")

/** In the order in which folders are listed everywhere. */
export const byName = (one: { name: string }, other: { name: string }): number => (one.name < other.name ? -1 : 1)

/** What is said of a file of more bytes than are read. */
export const tooLarge = (most: number): string => `is larger than ${most / 1024 / 1024} MiB`
