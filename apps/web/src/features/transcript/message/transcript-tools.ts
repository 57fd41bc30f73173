"use client"

import { createContext, use } from "react"

/** Code of a message that may become a clip. */
export interface CodeToSave {
  code: string
  messageIndex: number
  /** The clip that the message says it is of. */
  clip: { projectId: string; id: string } | undefined
}

/** What a message of a transcript can do with the transcript. */
export interface TranscriptTools {
  sessionId: string
  /** Opens the menu of a message at its button. */
  openMenu: (index: number, button: HTMLElement) => void
  /** Leads to a message, and puts it into the page's address. */
  goTo: (index: number) => void
  /** Asks what the clip is to be called that code is saved as. */
  saveCode: (code: CodeToSave) => void
}

export const TranscriptToolsContext = createContext<TranscriptTools | undefined>(undefined)

/** The transcript around a message; undefined where a message stands elsewhere. */
export const useTranscriptTools = (): TranscriptTools | undefined => use(TranscriptToolsContext)
