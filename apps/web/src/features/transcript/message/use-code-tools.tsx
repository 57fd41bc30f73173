"use client"

import { useCallback } from "react"
import { PlayCode } from "#shared/playback/play-code.tsx"
import { PlayedVisuals } from "#shared/playback/visuals/played-visuals.tsx"
import { CodeActions } from "./code-actions.tsx"

/** Draws what can be done with the blocks of code in the text of a message. */
export const useCodeTools = (messageIndex: number, projectId: string) =>
  useCallback(
    (code: string, place: number) => {
      const name = `code ${place + 1} of message ${messageIndex}`
      const written = { code, name, id: `text:${messageIndex}:${place}`, projectId }
      return (
        <>
          <CodeActions code={{ code, messageIndex, clip: undefined }} home={undefined} known>
            <PlayCode written={written} />
          </CodeActions>
          <PlayedVisuals written={written} />
        </>
      )
    },
    [messageIndex, projectId],
  )
