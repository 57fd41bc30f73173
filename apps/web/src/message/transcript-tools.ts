"use client"

import { createContext, use } from "react"

/** What a message of a transcript can do with the transcript. */
export interface TranscriptTools {
  sessionId: string
  /** Opens the menu of a message at its button. */
  openMenu: (index: number, button: HTMLElement) => void
  /** Leads to a message, and puts it into the page's address. */
  goTo: (index: number) => void
}

export const TranscriptToolsContext = createContext<TranscriptTools | undefined>(undefined)

/** The transcript around a message; undefined where a message stands elsewhere. */
export const useTranscriptTools = (): TranscriptTools | undefined => use(TranscriptToolsContext)
