import MarkdownIt, { type MarkdownIt as Parser, type Token } from "markdown-it"
import { bareLinks } from "./bare-links.ts"
import { footnotes } from "./footnotes.ts"
import { budgetKey, countSteps, type Excess, MarkdownBudget, markdownLimits, TooMuch } from "./markdown-budget.ts"
import { plainHtml } from "./plain-html.ts"

function createParser(): Parser {
  const parser = new MarkdownIt({ html: false, linkify: false, maxNesting: markdownLimits.level + 4 })
  // What a link may lead to is decided where it is drawn.
  parser.validateLink = () => true
  parser.normalizeLink = (url) => parser.utils.lib.mdurl.encode(url)
  parser.normalizeLinkText = (text) => text
  return parser.use(footnotes).use(plainHtml).use(bareLinks).use(countSteps)
}

const parser = createParser()

/** Tokens that a block of code counts for: its frame is several elements. */
const codeWeight = 6

/** How much there is to draw. */
const weightOf = (tokens: Token[]): number =>
  tokens.reduce((sum, { tag, children }) => sum + (tag === "code" ? codeWeight : 1) + (children?.length ?? 0), 0)

/**
 * The tokens of a markdown text of at most `markdownLimits.characters`, or why it holds more than is drawn. Takes a time
 * that grows with the text's length alone; the answer depends on nothing but the text.
 */
export function parseMarkdown(text: string): { tokens: Token[] } | { excess: Excess } {
  try {
    const tokens = parser.parse(text, { [budgetKey]: new MarkdownBudget() })
    return weightOf(tokens) > markdownLimits.tokens ? { excess: "markup" } : { tokens }
  } catch (error) {
    if (error instanceof TooMuch) return { excess: error.excess }
    throw error
  }
}
