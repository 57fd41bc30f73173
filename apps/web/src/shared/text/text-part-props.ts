import type { LinkBase } from "#shared/url-state/item-link.ts"
import type { StoredText, TextStorage } from "./text-storage.ts"

/** A text about something, where it is read and edited. */
export interface TextPartProps {
  /** What the text is called, such as "Notes". */
  title: string
  /** What is said where nothing is written. */
  empty: string
  stored: StoredText
  /** The name of what it is about: a heading that only repeats it is left out. */
  name: string
  base: LinkBase
  /** What the server found to be missing in the text that it sent; undefined where that took it too long. */
  broken: string[] | undefined
  /** Names the draft in this browser. */
  draftName: string
  storage: TextStorage
}
