"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Part } from "#shared/ui/page.tsx"
import { Loading } from "#shared/ui/skeleton.tsx"
import { ClipGrid, ClipGridSkeleton } from "../card/clip-card.tsx"
import { similarShown } from "./similar-shown.ts"

/** The clips that sound the most like one, with their play buttons. */
export function ClipSimilar({ projectId, id }: { projectId: string; id: string }) {
  const query = api.clip.similar.useQuery({ projectId, id })
  const sound = api.clip.audio.useQuery({ projectId, id })
  const found = query.data
  const [former, setFormer] = useState<Outputs["clip"]["similar"]["items"]>()
  if (found?.measured && former !== found.items) setFormer(found.items)
  const shown = similarShown({
    found,
    sound: sound.data ?? (sound.isError ? null : undefined),
    former,
  })
  const failed = query.isError && !found
  if (shown.kind === "nothing") return null
  return (
    <Part title="Sounds like this">
      {failed && <FailedQuery query={query} />}
      {shown.kind === "loading" && !failed && (
        <>
          <Loading what="clips that sound like this" />
          <ClipGridSkeleton count={4} />
        </>
      )}
      {shown.kind === "items" && shown.items.length > 0 && <ClipGrid clips={shown.items} busy={shown.busy} />}
      {shown.kind === "items" && shown.items.length === 0 && (
        <p className="text-sm text-soft">No other clip that is measured sounds like it.</p>
      )}
      {shown.kind === "waiting" && (
        <p className="text-sm text-soft">Once its sound is measured, clips that sound like it are here.</p>
      )}
    </Part>
  )
}
