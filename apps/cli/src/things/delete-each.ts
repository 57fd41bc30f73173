import { namesOf, reasonOf } from "@strudel-agent/client/reason"
import type { Reason } from "@strudel-agent/contract/reason"
import { exitCodeOfReason, exitCodes } from "../exit-code.ts"
import type { Run } from "../run.ts"
import { reportFailed } from "./report-failed.ts"

export interface Deletion {
  /** What it is called, such as `house/kick`. */
  name: string
  /** Keeps what it is; resolves to the command that makes it again. */
  keep(): Promise<string>
  /** Deletes it as it was kept; refused where it has changed since. */
  remove(): Promise<unknown>
}

interface Left {
  name: string
  reason: Reason
  names: string[]
}

/** Why a server left a thing as it was; undefined where it may have deleted it all the same. */
export function refusalOf(error: unknown): Reason | undefined {
  const reason = reasonOf(error)
  if (reason === undefined || reason === "UNREACHABLE") return undefined
  const code = exitCodeOfReason(reason)
  return code === exitCodes.notFound || code === exitCodes.conflict ? reason : undefined
}

/**
 * Deletes one thing after the other, and says of each at once how it is made again, so that what fails later takes none of
 * these commands along. What the server refuses is left as it is and told at the end.
 */
export async function deleteEach(run: Run, deletions: Deletion[]): Promise<void> {
  const deleted: string[] = []
  const undo: string[] = []
  const left: Left[] = []
  for (const { name, keep, remove } of deletions) {
    const way = await keep()
    try {
      await remove()
    } catch (error) {
      const reason = refusalOf(error)
      if (reason === undefined) {
        run.warn(`Should ${name} be deleted all the same, this makes it again, without its former versions: ${way}`)
        throw error
      }
      left.push({ name, reason, names: namesOf(error) })
      continue
    }
    deleted.push(name)
    undo.push(way)
    run.warn(`To undo, without its former versions: ${way}`)
  }
  if (left.length > 0) return reportFailed(run, left, ({ name }) => name)
  run.print({
    json: () => ({ deleted, dryRun: false, undo }),
    text: () => deleted.map((name) => `${name}\n`).join(""),
  })
}
