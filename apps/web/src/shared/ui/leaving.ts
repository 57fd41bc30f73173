let leaving = false
const waiting = new Set<() => void>()

if (typeof window !== "undefined") {
  addEventListener("pagehide", () => {
    leaving = true
    for (const goOn of waiting) goOn()
    waiting.clear()
  })
  // A page may come back as it was left.
  addEventListener("pageshow", () => {
    leaving = false
  })
}

/** Whether a call that begins at this moment has to outlive the page. */
export const outlivesPage = (): boolean => leaving

/** Resolves when the page is left. */
export const pageLeft = (): Promise<void> =>
  leaving ? Promise.resolve() : new Promise((resolve) => void waiting.add(resolve))
