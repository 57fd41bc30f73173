"use client"

import { ImportHost } from "../import/import-host.tsx"
import { LiveConnection } from "../live/live-connection.tsx"
import { PlayerHost } from "../player/player-host.tsx"
import { Toaster } from "../ui/toast.tsx"

/** What works behind every page: what was just done is told, what others do arrives, what plays plays on, files come in. */
export const Background = () => (
  <>
    <Toaster />
    <LiveConnection />
    <PlayerHost />
    <ImportHost />
  </>
)
