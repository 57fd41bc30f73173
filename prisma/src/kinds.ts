import { itemKinds } from "./item-kinds.ts"

export type { VersionedKind } from "./item-kinds.ts"

/*
 * The values of the columns that hold one of a few words. Here they are stated once: the schema names their types for the
 * tables, the schemas of the doors are made of them, and a test compares them with the CHECK of each column.
 */

export const sessionStatuses = ["active", "idle", "terminated"] as const
export type SessionStatus = (typeof sessionStatuses)[number]

export const sessionItemTypes = [...itemKinds, "pack", "chat"] as const
export type SessionItemType = (typeof sessionItemTypes)[number]

export const projectFileItemTypes = ["project", ...itemKinds] as const
export type ProjectFileItemType = (typeof projectFileItemTypes)[number]

/**
 * What listening to a clip's code found: events, none, only definitions for other clips, an error, or that it takes longer
 * than the server listens, which says nothing of whether it plays.
 */
export const clipStates = ["plays", "silent", "definitions", "fails", "slow"] as const
export type ClipState = (typeof clipStates)[number]

/** Who answers what a person writes into a session: nobody, the agent of this installation, or a program elsewhere. */
export const answerers = ["none", "strudel", "external"] as const
export type AnsweredBy = (typeof answerers)[number]

/** Whether the agent's changes of the library are made at once, or staged until a person approves them. */
export const changeModes = ["direct", "staged"] as const
export type ChangeMode = (typeof changeModes)[number]

/** Where a run stands: waiting for a process, worked on, or why it ended. */
export const runStates = ["queued", "running", "finished", "stopped", "interrupted", "failed"] as const
export type RunState = (typeof runStates)[number]

/** What became of a change that a run proposed; one that a later proposal of the run took the place of is replaced. */
export const runChangeStates = ["staged", "applied", "rejected", "replaced"] as const
export type RunChangeState = (typeof runChangeStates)[number]

export const savedViewPages = ["sessions", "clips"] as const
export type SavedViewPage = (typeof savedViewPages)[number]

export const removalKinds = ["project", "session", ...itemKinds] as const
export type RemovalKind = (typeof removalKinds)[number]

/** What Prisma's client read from such a column, which it takes for any text. */
export function kindOf<Kind extends string>(kinds: readonly Kind[], value: string): Kind {
  const kind = kinds.find((each) => each === value)
  if (kind === undefined) throw new Error(`no CHECK lets a column hold ${JSON.stringify(value)}`)
  return kind
}
