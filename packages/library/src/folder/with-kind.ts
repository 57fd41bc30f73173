import type { ImportedItemType } from "@strudel-agent/contract/project-file"
import { clipKind, type ItemKind, playlistKind, projectKind, songKind } from "./item-kinds.ts"

/** Does what can be done with any kind with that of a type. */
export function withKind<Result>(
  type: ImportedItemType,
  work: <State extends object>(kind: ItemKind<State>) => Result,
): Result {
  switch (type) {
    case "project":
      return work(projectKind)
    case "clip":
      return work(clipKind)
    case "song":
      return work(songKind)
    case "playlist":
      return work(playlistKind)
  }
}
