/** A value as both sides began from it, and as each left it. */
export interface Sides<T> {
  base: T
  mine: T
  theirs: T
}

/** Puts together what both sides made of a value; undefined where they do not fit. */
export type Merge<T> = (sides: Sides<T>) => { value: T } | undefined

/** Merges what is changed as a whole: it fits where one side changed it, or both to the same. */
export const wholes =
  <T>(isSame: (one: T, other: T) => boolean): Merge<T> =>
  ({ base, mine, theirs }) => {
    if (isSame(mine, base) || isSame(mine, theirs)) return { value: theirs }
    return isSame(theirs, base) ? { value: mine } : undefined
  }

/** Merges sets such as tags: each element is put on or taken off by itself, so that they always fit. */
export function mergeSets<T>({ base, mine, theirs }: Sides<readonly T[]>): { value: T[] } {
  const off = new Set(base.filter((each) => !mine.includes(each)))
  const kept = theirs.filter((each) => !off.has(each))
  const on = mine.filter((each) => !base.includes(each) && !kept.includes(each))
  return { value: [...kept, ...on] }
}

type Fields<K extends string> = Partial<Record<K, unknown>>

export type Side = "mine" | "theirs"

/**
 * Merges the fields of a form, each as a whole and by itself. Of those that both sides changed, which are told, mine are
 * taken, and of any field the side that is chosen.
 */
export function mergeFields<K extends string>(
  { names, isSame }: { names: readonly K[]; isSame: (one: unknown, other: unknown) => boolean },
  { base, mine, theirs }: Sides<Fields<K>>,
  chosen: Partial<Record<K, Side>> = {},
): { value: Fields<K>; clashes: K[] } {
  const merge = wholes(isSame)
  const value: Fields<K> = {}
  const clashes: K[] = []
  for (const name of names) {
    const fit = merge({ base: base[name], mine: mine[name], theirs: theirs[name] })
    if (!fit) clashes.push(name)
    const taken = chosen[name] === "theirs" ? theirs[name] : fit ? fit.value : mine[name]
    if (taken !== undefined) value[name] = taken
  }
  return { value, clashes }
}
