import { setTimeout as sleep } from "node:timers/promises"

/** Resolves to the milliseconds after which something held, or to undefined where it did not within so many seconds. */
export async function until(holds: () => boolean | Promise<boolean>, seconds: number): Promise<number | undefined> {
  const begin = performance.now()
  while (!(await holds())) {
    if (performance.now() - begin > seconds * 1000) return undefined
    await sleep(50)
  }
  return performance.now() - begin
}

/** Milliseconds in words. */
export const inSeconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`

/** The value below which such a share of values lies; 0 where there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
