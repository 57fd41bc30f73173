import type { Mix } from "@strudel-agent/sandbox/protocol"

/** How loud everything is, and what of it is heard. */
export interface Faders {
  /** From 0 to 1. */
  volume: number
  muted: ReadonlySet<string>
  /** Where any clip is solo, the others are silent; a clip that is muted too stays silent. */
  soloed: ReadonlySet<string>
}

/** Whether a clip is heard. */
export const isHeard = (key: string, { muted, soloed }: Faders): boolean =>
  !muted.has(key) && (soloed.size === 0 || soloed.has(key))

/** What the sandbox is told of it. Of a clip that `gains` does not name, it keeps what it had. */
export const mixOf = (keys: readonly string[], faders: Faders, gains: ReadonlyMap<string, number>): Mix => ({
  volume: faders.volume,
  gains: Object.fromEntries(
    keys.flatMap((key) => {
      const gain = isHeard(key, faders) ? gains.get(key) : 0
      return gain === undefined ? [] : [[key, gain]]
    }),
  ),
})

/** A set with or without a key. */
export function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys)
  if (!next.delete(key)) next.add(key)
  return next
}

/** The keys of a set that are still there. */
export const among = (keys: ReadonlySet<string>, present: readonly string[]): ReadonlySet<string> =>
  new Set(present.filter((key) => keys.has(key)))
