"use client"

import { ImportHost } from "#features/import/import-host.tsx"
import { PlayerHost } from "#features/player/player-host.tsx"
import { LiveConnection } from "#shared/live/live-connection.tsx"
import { Toaster } from "#shared/ui/toast.tsx"

/** What works behind every page: what was just done is told, what others do arrives, what plays plays on, files come in. */
export const Background = () => (
  <>
    <Toaster />
    <LiveConnection />
    <PlayerHost />
    <ImportHost />
  </>
)
