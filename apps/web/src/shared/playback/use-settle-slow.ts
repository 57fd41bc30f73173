"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { useEffect } from "react"
import { api } from "#shared/api/trpc.ts"

/** Lets the player find out, beside what is done, whether a clip plays that takes longer than the server listens. */
export function useSettleSlow(clip: Outputs["clip"]["byId"]): void {
  const utils = api.useUtils()
  const isSlow = clip.state === "slow"
  // biome-ignore lint/correctness/useExhaustiveDependencies: Each version is tried once.
  useEffect(() => {
    if (!isSlow) return
    void import("#shared/player/settle-slow.ts").then(({ settleSlow }) => settleSlow(utils, clip)).catch(() => {})
  }, [isSlow, clip.projectId, clip.id, clip.version])
}
