"use client"

import { useCallback } from "react"
import { PlayCode } from "#shared/playback/play-code.tsx"
import { CodeActions } from "./code-actions.tsx"

/** Draws what can be done with the blocks of code in the text of a message. */
export const useCodeTools = (messageIndex: number, projectId: string) =>
  useCallback(
    (code: string, place: number) => (
      <CodeActions code={{ code, messageIndex, clip: undefined }} home={undefined} known>
        <PlayCode
          written={{
            code,
            name: `code ${place + 1} of message ${messageIndex}`,
            id: `text:${messageIndex}:${place}`,
            projectId,
          }}
        />
      </CodeActions>
    ),
    [messageIndex, projectId],
  )
