import { printTitled, readTitled, splitTitled } from "./titled-markdown.ts"
import type { Warning } from "./warning.ts"

export type ParsedProject = { name: string; description: string; warnings: Warning[] }

/**
 * Reads a project's `index.md`; without one (undefined) the folder's name stands in. The description is what stands
 * below the title, without the blank lines around it and with LF line endings.
 */
export function parseProject({ folderName, text }: { folderName: string; text: string | undefined }): ParsedProject {
  const { name, body, warnings } = readTitled(`${folderName}.md`, splitTitled(text ?? ""))
  return { name, description: body, warnings }
}

type ProjectEdit = Pick<ParsedProject, "name" | "description"> & {
  folderName: string
  /** The text of `index.md`; null where the imported folder had none; undefined for a project made in the app. */
  original: string | null | undefined
}

/** Prints a project's `index.md`; undefined where the folder had none and nothing was edited. */
export function printProject({ folderName, original, name, description }: ProjectEdit): string | undefined {
  if (original === null) {
    const before = parseProject({ folderName, text: undefined })
    if (name === before.name && description.trim() === "") return undefined
  }
  return printTitled({ fileName: `${folderName}.md`, original: original ?? undefined, name, body: description })
}
