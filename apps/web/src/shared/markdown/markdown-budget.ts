import type { MarkdownIt, StateBlock, StateInline } from "markdown-it"

/**
 * What reading and drawing one text as markdown may take. All of it is counted: the same text is drawn the same way on
 * every machine, however busy that is. An ordinary text of this length needs a third of the steps and of the pieces.
 */
export const markdownLimits = {
  /** Characters of a text that are read as markdown. */
  characters: 128 * 1024,
  /** Rules of the parser that are tried for a block, a line or a sign. */
  steps: 60_000,
  /** Pieces that a text falls into: what begins, what ends, and what stands between. */
  tokens: 18_000,
  /** Lists, their items and quotes within one another. */
  level: 36,
  /** Runs of coloured code in all blocks of a text together. */
  codeRuns: 6_000,
} as const

/** Why a text is not drawn as markdown. */
export type Excess = "markup" | "nesting"

/** Ends the reading of a text that takes too much. */
export class TooMuch extends Error {
  constructor(readonly excess: Excess) {
    super(`too much ${excess}`)
  }
}

/** What is left for one text. */
export class MarkdownBudget {
  #steps: number = markdownLimits.steps

  spend(state: Pick<StateBlock | StateInline, "tokens">): void {
    if (this.#steps-- <= 0 || state.tokens.length > markdownLimits.tokens) throw new TooMuch("markup")
  }
}

/** Where the parser's rules find the budget of the text that they read. */
export const budgetKey = "budget"

const spend = (state: StateBlock | StateInline): false => {
  const budget = state.env[budgetKey]
  if (budget instanceof MarkdownBudget) budget.spend(state)
  return false
}

function spendOnBlock(state: StateBlock): false {
  // Deeper than its own limit the parser leaves text out without a word.
  if (state.level > markdownLimits.level) throw new TooMuch("nesting")
  return spend(state)
}

/** Makes a parser count what it does: a rule that matches nothing comes before all others. */
export function countSteps(parser: MarkdownIt): void {
  parser.block.ruler.before("table", "count", spendOnBlock, { alt: ["paragraph", "reference", "blockquote", "list"] })
  parser.inline.ruler.before("text", "count", spend)
}
