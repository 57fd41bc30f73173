import type { Inconsistencies } from "@strudel-agent/contract/inconsistency"
import type { Db } from "@strudel-agent/database/client"
import {
  listItemsWithoutVersions,
  listMiscountedSessions,
  listOrphanedFiles,
} from "@strudel-agent/database/queries/inconsistency"

/** Looks through the library for what does not fit the rest, as by changes made by hand: reads every key once. */
export async function findInconsistencies(db: Db): Promise<Inconsistencies> {
  const sessions = await listMiscountedSessions(db)
  const clips = await listItemsWithoutVersions(db)
  const files = await listOrphanedFiles(db)
  return {
    items: [
      ...sessions.map(({ id, counted, stored }) => ({
        ...{ kind: "session" as const, name: id },
        problem: `counts ${counted} messages and has ${stored}, or a gap among them`,
      })),
      ...clips.map(({ projectId, id, version, stored }) => ({
        ...{ kind: "clip" as const, name: `${projectId}/${id}` },
        problem: `is at version ${version} and has ${stored} versions`,
      })),
      ...files.map(({ projectId, path }) => ({
        ...{ kind: "file" as const, name: `${projectId}/${path}` },
        problem: "is kept of an item that is not there",
      })),
    ],
  }
}
