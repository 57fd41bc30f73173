import { projectFileItemTypes } from "@strudel-agent/database/kinds"
import { z } from "zod"
import { limits } from "./limits.ts"
import { longText, Slug } from "./text.ts"

/** Also a key of an index, which holds no more. */
const Path = longText(limits.pathBytes).min(1, "must not be empty")
/** A file's bytes: a project folder may hold anything. */
export const Content = z
  .base64("must be base64")
  .max(Math.ceil(limits.fileBytes / 3) * 4, `at most ${limits.fileBytes} bytes`)

export const ProjectFile = z.object({ path: Path, content: Content })
export type ProjectFile = z.infer<typeof ProjectFile>

/** Tells one content of a file from another. */
const Digest = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hexadecimal")

/**
 * A file to import. `as` makes a clip of one that its place in the folder does not; `base` is what the folder and the
 * library had in common when it was last looked at, null where they had nothing: a file that the library has another one
 * of is skipped.
 */
const FileToImport = ProjectFile.extend({ as: z.literal("clip").optional(), base: Digest.nullish() })
export type FileToImport = z.infer<typeof FileToImport>

export const ProjectImport = z.object({
  projectId: Slug,
  /** Files of one project's folder, by their paths in it. */
  files: z.array(FileToImport).min(1).max(limits.importFiles, `at most ${limits.importFiles} files`),
  /** Says what would happen, and does nothing. */
  dryRun: z.boolean().default(false),
  /** Lets a file win over an item that was changed in the library since the file was read. */
  overwrite: z.boolean().default(false),
  /** In a dry run: the paths of the whole folder, so that links to files of other calls are not taken for broken. */
  folderPaths: z.array(Path).max(limits.folderPaths).default([]),
})
export type ProjectImport = z.infer<typeof ProjectImport>

export const ImportOutcome = z.enum(["created", "updated", "unchanged", "kept", "skipped"])
export type ImportOutcome = z.infer<typeof ImportOutcome>

export const ImportedItemType = z.enum(projectFileItemTypes)
export type ImportedItemType = z.infer<typeof ImportedItemType>

/** The item that a file is; null where it is only kept, to be given back by an export. */
const itemOfFile = { itemType: ImportedItemType.nullable(), itemId: z.string().nullable() }

export const ImportedFile = z.object({
  path: z.string(),
  ...itemOfFile,
  outcome: ImportOutcome,
  /** Why a file was kept or skipped, or left as it is. */
  why: z.string().optional(),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
})
export type ImportedFile = z.infer<typeof ImportedFile>

export const ProjectImported = z.object({ files: z.array(ImportedFile) })

export const ProjectExport = z.object({
  projectId: Slug,
  /** Files of a page: fewer than a list has rows, as each may have 2 MiB. */
  limit: z
    .number()
    .int()
    .min(1, "at least 1")
    .max(limits.exportFiles, `at most ${limits.exportFiles}`)
    .default(limits.exportFiles),
  /** Names a path, of up to 1024 bytes. */
  cursor: z.string().max(4200).nullish(),
})
export type ProjectExport = z.infer<typeof ProjectExport>

const ExportedFile = ProjectFile.extend(itemOfFile)
export type ExportedFile = z.infer<typeof ExportedFile>

export const ProjectExported = z.object({ files: z.array(ExportedFile), nextCursor: z.string().nullable() })

/** Says of files of an export that they stand in a folder. */
export const ProjectAcknowledgement = z.object({
  projectId: Slug,
  files: z
    .array(z.object({ path: Path, itemType: ImportedItemType.nullable(), itemId: Slug.nullable(), digest: Digest }))
    .min(1)
    .max(limits.importFiles, `at most ${limits.importFiles} files`),
})
export type ProjectAcknowledgement = z.infer<typeof ProjectAcknowledgement>

export const ProjectAcknowledged = z.object({
  /** Per file, whether the library still says what stands in it, and so keeps it. */
  files: z.array(z.object({ path: z.string(), isCurrent: z.boolean() })),
})
export type ProjectAcknowledged = z.infer<typeof ProjectAcknowledged>

/** Kept files whose texts are wanted. */
export const ProjectTexts = z.object({
  projectId: Slug,
  paths: z.array(Path).max(limits.importFiles, `at most ${limits.importFiles} paths`),
})
export type ProjectTexts = z.infer<typeof ProjectTexts>

/** Those that the project keeps and that are texts, in no order. */
export const ProjectTextsRead = z.object({ files: z.array(z.object({ path: z.string(), text: z.string() })) })
