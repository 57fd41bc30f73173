import type { Source } from "../../protocol.ts"

/** Whether two sets of sources are the same code under the same keys, in the same order. */
export const isSameSources = (some: Source[], others: Source[]): boolean =>
  some.length === others.length &&
  some.every(({ key, code }, index) => others[index]?.key === key && others[index]?.code === code)
