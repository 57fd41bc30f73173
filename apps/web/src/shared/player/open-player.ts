import { fetchOverServer, openSandbox } from "@strudel-agent/sandbox/host"
import { toastError } from "#shared/ui/toast.tsx"
import { tellNowPlaying } from "./now-playing.ts"
import { showPanel } from "./panel-state.ts"
import { readSettings, writeSettings } from "./player-settings.ts"
import { createPlayer } from "./player-store.ts"

/** The one player of this tab. Another tab has its own: neither stops the other. */
export const player = createPlayer({
  open: openSandbox,
  fetchSample: fetchOverServer,
  settings: { read: readSettings, write: writeSettings },
  say(text, kind, run) {
    if (kind === "missing") toastError(text, { name: "Sounds", run: () => showPanel("sounds") })
    else toastError(text, run && { name: "Play again", run })
  },
  onChange: ({ phase, playable }) =>
    tellNowPlaying({ phase, id: playable?.id, keys: playable?.clips.map(({ key }) => key) ?? [] }),
})
