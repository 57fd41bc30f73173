import { finish, type Steps } from "./steps.ts"
import { printingTitled, readTitled, splittingTitled } from "./titled-markdown.ts"
import type { Warning } from "./warning.ts"

export type ParsedProject = { name: string; description: string; warnings: Warning[] }

type ProjectSource = { folderName: string; text: string | undefined }

/**
 * Reads a project's `index.md`; without one (undefined) the folder's name stands in. The description is what stands
 * below the title, without the blank lines around it and with LF line endings.
 */
export function* parsingProject({ folderName, text }: ProjectSource): Steps<ParsedProject> {
  const { name, body, warnings } = readTitled(`${folderName}.md`, yield* splittingTitled(text ?? ""))
  return { name, description: body, warnings }
}

/** As parsingProject, in one go. */
export const parseProject = (source: ProjectSource): ParsedProject => finish(parsingProject(source))

type ProjectEdit = Pick<ParsedProject, "name" | "description"> & {
  folderName: string
  /** The text of `index.md`; null where the imported folder had none; undefined for a project made in the app. */
  original: string | null | undefined
}

/** Prints a project's `index.md`; undefined where the folder had none and nothing was edited. */
export function* printingProject({ folderName, original, name, description }: ProjectEdit): Steps<string | undefined> {
  if (original === null) {
    const before = parseProject({ folderName, text: undefined })
    if (name === before.name && description.trim() === "") return undefined
  }
  return yield* printingTitled({
    fileName: `${folderName}.md`,
    original: original ?? undefined,
    name,
    body: description,
  })
}

/** As printingProject, in one go. */
export const printProject = (edit: ProjectEdit): string | undefined => finish(printingProject(edit))
