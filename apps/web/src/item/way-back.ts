import { offerUndo } from "../ui/toast.tsx"

/** Milliseconds in which what was done can be taken back. */
const grace = 8000

/** Says what was done, and for some seconds offers to take it back. */
export function offerWayBack(text: string, undo: () => void): void {
  const { close } = offerUndo(text, undo)
  setTimeout(close, grace)
}
