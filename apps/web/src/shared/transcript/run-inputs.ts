/** Runs that are read together. */
export const runPageSize = 20

/** What asks for the last runs of a session. */
export const newestRuns = (sessionId: string) => ({ sessionId, limit: runPageSize })

/** What asks for the changes of a session that wait for a person. */
export const stagedChanges = (sessionId: string) => ({ sessionId, state: "staged" as const })
