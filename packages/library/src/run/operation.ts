import type { RunOperation, RunOperationPath } from "@strudel-agent/contract/run/operation"
import type { Db } from "@strudel-agent/database/client"
import type { VersionedKind } from "@strudel-agent/database/item-kinds"
import { findClip } from "@strudel-agent/database/queries/clip"
import type { VersionOrigin } from "@strudel-agent/database/queries/version-origin"
import { createClip, deleteClip, restoreClip, updateClip } from "../clip.ts"
import { playlists } from "../playlist.ts"
import type { Sequences } from "../sequence.ts"
import { songs } from "../song.ts"

/** An item of a project as a change has it before and after it. */
export interface ItemText {
  name: string
  version: number
  /** A clip's code; what a song or playlist is made of, in words. */
  text: string
}

export interface Item {
  type: VersionedKind
  projectId: string
  id: string
}

/** An item as a change's row names it. */
interface ItemColumns {
  itemType: VersionedKind
  projectId: string
  itemId: string
}

const sequences = { song: songs, playlist: playlists } as const satisfies Record<string, Sequences>

/** Reads an item as its procedures answer it; undefined where there is none. */
export const findItem = (db: Db, { itemType, projectId, itemId: id }: ItemColumns) =>
  itemType === "clip" ? findClip(db, { projectId, id }) : sequences[itemType].queries.find(db, { projectId, id })

/** Reads what a change has of an item; undefined where there is none. */
export async function findItemText(db: Db, { type, projectId, id }: Item): Promise<ItemText | undefined> {
  const key = { projectId, id }
  if (type === "clip") {
    const clip = await findClip(db, key)
    return clip && { name: clip.name, version: clip.version, text: clip.code }
  }
  const row = await sequences[type].queries.find(db, key)
  return row && { name: row.name, version: row.version, text: [...row.partIds, "", row.body].join("\n").trim() }
}

const kindOfPath = (path: RunOperationPath): VersionedKind => {
  if (path.startsWith("clip.")) return "clip"
  return path.startsWith("song.") ? "song" : "playlist"
}

/** The item that an operation changes. */
export const itemOf = ({ path, input: { projectId, id } }: RunOperation): Item => ({
  type: kindOfPath(path),
  projectId,
  id,
})

/** Whether an operation loses something: nobody but a person lets it be done. */
export const isDeletion = (path: RunOperationPath): boolean => path.endsWith(".delete")

/** Does what the procedure of an operation does; versions that come of it tell the message that asked for them. */
export function perform(tx: Db, operation: RunOperation, origin: VersionOrigin) {
  switch (operation.path) {
    case "clip.create":
      return createClip(tx, { ...operation.input, origin })
    case "clip.update":
      return updateClip(tx, { ...operation.input, origin })
    case "clip.restore":
      return restoreClip(tx, operation.input)
    case "clip.delete":
      return deleteClip(tx, operation.input)
    case "song.create":
      return songs.create(tx, { ...operation.input, origin })
    case "song.update":
      return songs.update(tx, { ...operation.input, origin })
    case "song.restore":
      return songs.restore(tx, operation.input)
    case "song.delete":
      return songs.remove(tx, operation.input)
    case "playlist.create":
      return playlists.create(tx, { ...operation.input, origin })
    case "playlist.update":
      return playlists.update(tx, { ...operation.input, origin })
    case "playlist.restore":
      return playlists.restore(tx, operation.input)
    case "playlist.delete":
      return playlists.remove(tx, operation.input)
  }
}
