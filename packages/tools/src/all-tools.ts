import { nearestNames } from "@strudel-agent/reference/nearest"
import { ToolProblem } from "./advice.ts"
import { shortened } from "./list-thing.ts"
import type { AnyTool } from "./tool.ts"
import { appendMessages } from "./tools/append-messages.ts"
import { arrangePlaylist } from "./tools/arrange-playlist.ts"
import { arrangeSong } from "./tools/arrange-song.ts"
import { beginSession } from "./tools/begin-session.ts"
import { checkCode } from "./tools/check-code.ts"
import { compareVersions } from "./tools/compare-versions.ts"
import { deleteThing } from "./tools/delete.ts"
import { exportItem } from "./tools/export.ts"
import { list } from "./tools/list.ts"
import { listen } from "./tools/listen.ts"
import { read } from "./tools/read.ts"
import { reference } from "./tools/reference.ts"
import { renameOrTag } from "./tools/rename-or-tag.ts"
import { restoreVersion } from "./tools/restore-version.ts"
import { saveClip } from "./tools/save-clip.ts"
import { search } from "./tools/search.ts"

/** Everything that an agent may do, what is used most first. */
export const allTools: readonly AnyTool[] = [
  ...[search, list, read, saveClip, checkCode, listen, reference],
  ...[compareVersions, restoreVersion, arrangeSong, arrangePlaylist],
  ...[beginSession, appendMessages, renameOrTag, exportItem, deleteThing],
]

export interface ToolChoice {
  /** Whether only tools that change nothing are wanted. */
  readOnly?: boolean | undefined
  /** Names of the tools that are wanted; all of them unless given. */
  only?: readonly string[] | undefined
}

/** The tools that are wanted. Throws a `ToolProblem` for a name that no tool has, and for a list without a name. */
export function chooseTools({ readOnly = false, only }: ToolChoice): readonly AnyTool[] {
  const names = allTools.map(({ name }) => name)
  if (only?.length === 0) throw new ToolProblem(`The list of tools names none. There are ${names.join(", ")}.`)
  const unknown = only?.find((name) => !names.includes(name))
  if (unknown !== undefined) {
    const near = nearestNames(unknown, names)
    throw new ToolProblem(
      `There is no tool "${shortened(unknown, 80)}"${near.length > 0 ? `: did you mean ${near.join(" or ")}` : ""}. There are ${names.join(", ")}.`,
    )
  }
  return allTools.filter(({ name, hints }) => (only?.includes(name) ?? true) && (!readOnly || hints.readOnly))
}
