import type { Db } from "@strudel-agent/database/client"
import { type ClipMove, listClipFiles, moveClipFiles } from "@strudel-agent/database/queries/clip/bulk"
import { listProjectFilePaths } from "@strudel-agent/database/queries/project-file"
import { foldedPath } from "./folder-index.ts"

const keyOf = ({ projectId, id }: ClipMove["from"]) => `${projectId}/${id}`

/**
 * Takes along the files that clips were imported from before the clips move, so that an export of their next project
 * prints them as they were written. A file whose path that project has already is forgotten: its clip is printed anew.
 */
export async function takeFilesAlong(tx: Db, toProjectId: string, moves: ClipMove[]): Promise<void> {
  const files = await listClipFiles(
    tx,
    moves.map(({ from }) => from),
  )
  if (files.length === 0) return
  const taken = new Set((await listProjectFilePaths(tx, toProjectId)).map(({ path }) => foldedPath(path)))
  const left = files.filter(({ path }) => {
    const folded = foldedPath(path)
    const isTaken = taken.has(folded)
    taken.add(folded)
    return isTaken
  })
  const leftKeys = new Set(left.map(keyOf))
  await moveClipFiles(
    tx,
    moves.filter(({ from }) => !leftKeys.has(keyOf(from))),
    left,
  )
}
