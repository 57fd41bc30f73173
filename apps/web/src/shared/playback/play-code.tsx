"use client"

import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import { PlaySourceButton } from "./play-button.tsx"

/** Code that somebody has written, whether it is a clip's or not. */
export interface WrittenCode {
  code: string
  /** What is heard, in words, such as "kick of message 5". */
  name: string
  /** Tells it from all other code that may play, such as that of another session. */
  id: string
  /** The project that it is said to be of, empty where that is not said. */
  projectId: string
}

/** Plays code as it was written, whatever the clip has become since that it may have been of. */
export const PlayCode = ({ written: { code, name, id, projectId } }: { written: WrittenCode }) => (
  <PlaySourceButton
    size="small"
    source={{
      id,
      name,
      async load() {
        const { playableClip, playableOfClip } = await loadWithRetry(() => import("#shared/player/playable.ts"))
        const clip = playableClip({ projectId, id, name, code, metadata: {} })
        // A key of its own: no editor lights up for a code of another time. And no page is its own.
        return playableOfClip({ ...clip, key: id, href: undefined }, id)
      },
    }}
  />
)
