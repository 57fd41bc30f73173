import { fetchOverServer, openSandbox } from "@strudel-agent/sandbox/host"
import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import { toastError } from "#shared/ui/toast.tsx"
import { createPlayer } from "./player.ts"
import { readSettings, writeSettings } from "./player-settings.ts"
import { usePlayer } from "./use-player.ts"

/** The one player of this tab. Another tab has its own: neither stops the other. */
export const player = createPlayer({
  store: usePlayer,
  open: openSandbox,
  fetchSample: fetchOverServer,
  settings: { read: readSettings, write: writeSettings },
  notify: toastError,
  // Names the whole language, which only who made a mistake needs.
  explain: async (problem) =>
    (await loadWithRetry(() => import("@strudel-agent/reference/unknown-name"))).withNearestName(problem),
})
