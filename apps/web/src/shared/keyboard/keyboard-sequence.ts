/** Something under keys. */
interface Keyed {
  keys?: string
  run?: (() => void) | undefined
}

export interface Step<T> {
  /** What the keys so far stand for. */
  found?: T
  /** The keys so far where they begin a longer sequence, else nothing. */
  pending: string[]
}

/** Takes a key after those that are pending; one that leads nowhere after them counts as the first. */
export function takeKey<T extends Keyed>(actions: T[], pending: string[], key: string): Step<T> {
  const keys = [...pending, key]
  const typed = keys.join(" ")
  const found = actions.find((action) => action.run && action.keys === typed)
  if (found) return { found, pending: [] }
  if (actions.some((action) => action.run && action.keys?.startsWith(`${typed} `))) return { pending: keys }
  return pending.length > 0 ? takeKey(actions, [], key) : { pending: [] }
}
