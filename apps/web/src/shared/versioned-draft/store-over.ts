import { reasonOf } from "@strudel-agent/client/reason"
import type { Merge } from "./merge.ts"

/** How something that has versions is stored: `S` as it is stored, `V` what of it is written. */
export interface Door<S, V> {
  /** Stores a value that was made on a version; rejects where another one is stored by then. */
  save(value: V, on: S): Promise<S>
  load(): Promise<S>
  valueOf(stored: S): V
  /** Puts a value together with what was stored meanwhile. */
  merge: Merge<V>
}

/** What is stored; or what somebody else stored, which does not fit what was to be. */
export type Outcome<S> = { stored: S } | { theirs: S }

/** How often what is stored is read again where others keep changing it. */
const tries = 4

/** Whether something was refused since what is stored is another state than it was made on. */
const isChanged = (error: unknown): boolean => reasonOf(error)?.endsWith("_CHANGED") ?? false

/**
 * Stores what was made of a base over a version; with that left out, over what is read as stored. Where something else is
 * stored by then, both are merged and stored over that; where they do not fit, nothing is stored.
 */
export async function storeOver<S extends object, V>(
  door: Door<S, V>,
  { base, mine, on }: { base: V; mine: V; on?: S | undefined },
): Promise<Outcome<S>> {
  let made = on && { on, value: mine }
  for (let left = tries - 1; ; left--) {
    if (!made) {
      const stored = await door.load()
      const theirs = door.valueOf(stored)
      const merged = door.merge({ base, mine, theirs })
      if (!merged) return { theirs: stored }
      if (merged.value === theirs) return { stored }
      made = { on: stored, value: merged.value }
    }
    try {
      return { stored: await door.save(made.value, made.on) }
    } catch (error) {
      if (left === 0 || !isChanged(error)) throw error
      made = undefined
    }
  }
}
