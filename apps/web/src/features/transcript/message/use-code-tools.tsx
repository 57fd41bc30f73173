"use client"

import { useCallback } from "react"
import { PlayCode } from "#shared/playback/play-code.tsx"
import { PlayedVisuals } from "#shared/playback/visuals/played-visuals.tsx"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import { CodeActions } from "./code-actions.tsx"

/** Draws what can be done with the blocks of code in the text of a message, or in the steps of its run. */
export const useCodeTools = (
  { sessionId, messageIndex }: Pick<TranscriptMessage, "sessionId" | "messageIndex">,
  projectId: string,
) =>
  useCallback(
    (code: string, place: number, step = 0) => {
      const name = `code ${place + 1} of message ${messageIndex}`
      const written = { code, name, id: `text:${sessionId}:${messageIndex}:${step}:${place}`, projectId }
      return (
        <>
          <CodeActions code={{ code, messageIndex, clip: undefined }} home={undefined} known>
            <PlayCode written={written} />
          </CodeActions>
          <PlayedVisuals id={written.id} />
        </>
      )
    },
    [sessionId, messageIndex, projectId],
  )
