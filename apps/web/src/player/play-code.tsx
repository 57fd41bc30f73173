"use client"

import { persistently } from "../api/persistently.ts"
import { PlaySourceButton } from "./play-button.tsx"

/** Plays a clip's code as a message wrote it, whatever the clip has become since. */
export function PlayCode({
  clip: { projectId, id },
  code,
  messageIndex,
}: {
  clip: { projectId: string; id: string }
  code: string
  messageIndex: number
}) {
  const name = `${id} of message ${messageIndex}`
  const buttonId = `message:${messageIndex}:${projectId}/${id}`
  return (
    <PlaySourceButton
      size="small"
      source={{
        id: buttonId,
        name,
        async load() {
          const { playableClip, playableOfClip } = await persistently(() => import("./playable.ts"))
          const clip = playableClip({ projectId, id, name, code, metadata: {} })
          // Another key than the clip's own: the editor of that does not light up for a code of another time.
          return playableOfClip({ ...clip, key: `${clip.key}#${messageIndex}` }, buttonId)
        },
      }}
    />
  )
}
