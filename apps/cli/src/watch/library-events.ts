import type { Client } from "@strudel-agent/client/client"

/** Tells when something of a project may have changed in the library, until the answer is called. */
export const watchProject = (client: Client, project: string, onHint: () => void): (() => void) =>
  client.watchLibrary((event) => {
    const isOurs =
      event.type === "refresh" ||
      event.changes.some(({ kind, projectId, id }) => projectId === project || (kind === "project" && id === project))
    if (isOurs) onHint()
  })
