"use client"

import type { ComponentProps } from "react"
import { api } from "#shared/api/trpc.ts"
import { ClipPicture } from "#shared/clip/clip-picture.tsx"
import { nextPage } from "#shared/collection/next-page.ts"
import { historyInput } from "#shared/versions/history-input.ts"
import { VersionList } from "#shared/versions/version-list.tsx"

type Shown = Pick<ComponentProps<typeof VersionList>, "current" | "shown" | "onToggle">

/** The history of a clip, with a picture of each version and what became of its sound. */
export function ClipVersions({ projectId, id, ...shown }: Shown & { projectId: string; id: string }) {
  const history = api.clip.history.useInfiniteQuery(historyInput({ projectId, id }), {
    ...nextPage,
  })
  return (
    <VersionList
      history={history}
      {...shown}
      pictureOf={(version) => (
        <>
          {version.sound !== null && version.sound.length > 0 && (
            <p className="mt-1 text-xs text-soft">Sound: {version.sound.join(", ")}</p>
          )}
          <ClipPicture clip={version} className="mt-1.5 h-7 w-40" />
        </>
      )}
    />
  )
}
