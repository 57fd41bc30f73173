/** What a browser keeps for a page, without trouble where it keeps nothing. */
export const readStored = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Keeps a text for later visits; an empty one is forgotten. */
export function writeStored(key: string, text: string): void {
  try {
    if (text === "") localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // A browser without room, or that keeps nothing: what is typed stays in the page.
  }
}
