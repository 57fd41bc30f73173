import type { ImportOutcome, ProjectImport } from "@strudel-agent/contract/project-file"
import type { TestCaller } from "./test-caller.ts"

export type Folder = Record<string, string | Uint8Array>

const base64 = (content: string | Uint8Array): string => Buffer.from(content).toString("base64")

/** Imports and exports folders that are written down as paths and contents. */
export function folderCaller({ caller }: TestCaller) {
  const importAll = async (
    projectId: string,
    folder: Folder,
    options: Partial<Pick<ProjectImport, "dryRun" | "overwrite" | "folderPaths">> = {},
  ) => {
    const files = Object.entries(folder).map(([path, content]) => ({ path, content: base64(content) }))
    const answer = await caller.project.importFiles({ projectId, files, ...options })
    return answer.files
  }
  return {
    importAll,
    /** Per path, what became of a file. */
    outcomes: async (...args: Parameters<typeof importAll>): Promise<Record<string, ImportOutcome>> =>
      Object.fromEntries((await importAll(...args)).map(({ path, outcome }) => [path, outcome])),
    /** Everything that an export gives, in pages of so many files; a path that is given twice fails. */
    async exportAll(projectId: string, limit = 50): Promise<Record<string, Buffer>> {
      const folder: Record<string, Buffer> = {}
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await caller.project.exportFiles({ projectId, limit, cursor })
        for (const { path, content } of page.files) {
          if (Object.hasOwn(folder, path)) throw new Error(`${path} is exported twice`)
          folder[path] = Buffer.from(content, "base64")
        }
        cursor = page.nextCursor
      }
      return folder
    },
  }
}

/** A folder as an export gives it. */
export const asBytes = (folder: Folder): Record<string, Buffer> =>
  Object.fromEntries(Object.entries(folder).map(([path, content]) => [path, Buffer.from(content)]))
