import { reasonOf } from "@strudel-agent/client/reason"

export interface StoredText {
  text: string
  /** The moment of the last change, ISO 8601. */
  updatedAt: string
}

/** How a text is stored. */
export interface TextStorage {
  /** Stores a text that was made on the state of a moment; rejects where the stored state is another. */
  save(text: string, expectedUpdatedAt: string): Promise<StoredText>
  load(): Promise<StoredText>
}

/** Whether something was refused since what is stored is another state than it was made on. */
const isChanged = (error: unknown): boolean => reasonOf(error)?.endsWith("_CHANGED") ?? false

/**
 * Stores a text over the one that it was begun on. Where only something else than the text changed meanwhile, it is stored
 * over that; where the text did, nothing is stored and the other text is told.
 */
export async function saveText(
  storage: TextStorage,
  text: string,
  base: StoredText,
): Promise<{ saved: StoredText } | { theirs: StoredText }> {
  try {
    return { saved: await storage.save(text, base.updatedAt) }
  } catch (error) {
    if (!isChanged(error)) throw error
    const theirs = await storage.load()
    if (theirs.text === text) return { saved: theirs }
    if (theirs.text !== base.text) return { theirs }
    return { saved: await storage.save(text, theirs.updatedAt) }
  }
}
