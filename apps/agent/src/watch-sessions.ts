import type { Client } from "@strudel-agent/client/client"

/** Calls `onHint` when a session may wait for an answer, until the answer is called. */
export const watchSessions = (client: Client, onHint: () => void): (() => void) =>
  client.watchLibrary((event) => {
    if (event.type === "refresh" || event.changes.some(({ kind }) => kind === "session")) onHint()
  })
