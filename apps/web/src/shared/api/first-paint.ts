/** Milliseconds after which a page that nobody sees, and that therefore is not painted, is not waited for any longer. */
const timeout = 200

const inputs = ["pointerdown", "keydown", "touchstart", "wheel"] as const

const loaded = () =>
  new Promise<void>((resolve) => {
    if (document.readyState === "complete") resolve()
    else addEventListener("load", () => resolve(), { once: true })
  })

const painted = () =>
  new Promise<void>((resolve) => {
    // The callback runs before the frame's painting, the task after it.
    requestAnimationFrame(() => setTimeout(resolve))
    setTimeout(resolve, timeout)
  })

const touched = () =>
  new Promise<void>((resolve) => {
    for (const input of inputs) addEventListener(input, () => resolve(), { once: true, passive: true, capture: true })
  })

let settled: Promise<unknown> | undefined

/** Resolves once the page was loaded and painted, or at the reader's first move; on the server at once. */
export function firstPaint(): Promise<unknown> {
  if (typeof window === "undefined") return Promise.resolve()
  settled ??= Promise.race([loaded().then(painted), touched()])
  return settled
}
