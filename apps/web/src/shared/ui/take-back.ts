/** What can be taken back, by the toast that offers it; the last one last. Apart from the toasts, which every page loads later. */
const ways = new Map<string | number, () => void>()

/** Keeps how to take back what a toast tells of, which also ends the toast. */
export const keepWayBack = (toast: string | number, run: () => void): void => void ways.set(toast, run)

export const forgetWayBack = (toast: string | number): void => void ways.delete(toast)

/** Takes back what the last of the toasts in sight offers; false where there is none that does. */
export function takeBackLast(): boolean {
  const last = [...ways].at(-1)
  if (!last) return false
  const [toast, run] = last
  ways.delete(toast)
  run()
  return true
}
