const inputs = ["pointerdown", "pointermove", "keydown", "touchstart", "wheel", "focusin"] as const

/** Milliseconds after which a busy browser is not waited for any longer. */
const patience = 1500

const loaded = () =>
  new Promise<void>((resolve) => {
    if (document.readyState === "complete") resolve()
    else addEventListener("load", () => resolve(), { once: true })
  })

const rest = () =>
  new Promise<void>((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: patience })
    else setTimeout(resolve, 50)
  })

const touched = () =>
  new Promise<void>((resolve) => {
    for (const input of inputs) addEventListener(input, () => resolve(), { once: true, passive: true, capture: true })
  })

let settled: Promise<unknown> | undefined

/** Resolves once the page was painted and the browser rests, or at the reader's first move; on the server at once. */
export function firstPaint(): Promise<unknown> {
  if (typeof window === "undefined") return Promise.resolve()
  settled ??= Promise.race([loaded().then(rest), touched()])
  return settled
}
