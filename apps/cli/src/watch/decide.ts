/** What a file is here, in the library, and as both had it last: digests, or undefined where it is not there. */
export interface Sides {
  here: string | undefined
  there: string | undefined
  base: string | undefined
}

/** What is to be done with a file: nothing, to note that both sides agree, to take one side's, or to keep both. */
export type Step = "nothing" | "agree" | "push" | "pull" | "meet" | "gone-here" | "gone-there"

/** Compares three ways: what changed on one side goes to the other; what changed on both, differently, meets. */
export function decide({ here, there, base }: Sides): Step {
  if (here === there) return here === base ? "nothing" : "agree"
  if (here === undefined) return there === base ? "gone-here" : "pull"
  if (there === undefined) return here === base ? "gone-there" : "push"
  if (here === base) return "pull"
  return there === base ? "push" : "meet"
}
