import type { Transpiled } from "./transpile.ts"

/** What was found of a clip's code before it runs, by an engine that is faster at it. */
export interface Prepared {
  transpiled: Transpiled
  /** What its mini notations parse to, as JSON by their text with its quotes. */
  notations: Record<string, string>
}
