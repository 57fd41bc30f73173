/** Keys of drafts that their page goes on with unasked. */
const unasked = new Set<string>()
const listeners = new Set<(key: string) => void>()

/**
 * Says that a draft lies in this browser's storage again, or under another key, to a page of this tab that is there for
 * it already. With `goOn` that page, or the next one, goes on with it instead of offering it.
 */
export function announceRestoredDraft(key: string, { goOn = false }: { goOn?: boolean } = {}): void {
  if (goOn) unasked.add(key)
  for (const listener of listeners) listener(key)
}

/** Whether a draft that was found is to be gone on with; true once. */
export const isUnasked = (key: string): boolean => unasked.delete(key)

/** Hears of a draft that is brought back; answers how to stop. */
export function onRestoredDraft(key: string, run: () => void): () => void {
  const listener = (brought: string) => {
    if (brought === key) run()
  }
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
