import { limits } from "@strudel-agent/contract/limits"
import type { ProjectTexts } from "@strudel-agent/contract/project-file"
import type { Db } from "@strudel-agent/database/client"
import { listProjectFilesAt } from "@strudel-agent/database/queries/project-file"
import { isUtf8, textOf } from "./file-text.ts"

/** Reads kept files that are texts, as many as fit into a page. */
export async function readTexts(db: Db, { projectId, paths }: ProjectTexts): Promise<{ path: string; text: string }[]> {
  const files = await listProjectFilesAt(db, projectId, paths)
  const texts: { path: string; text: string }[] = []
  let left = limits.pageBytes
  for (const { path, content } of files) {
    if (!isUtf8(content)) continue
    left -= content.length
    if (left < 0) break
    texts.push({ path, text: textOf(content) })
  }
  return texts
}
