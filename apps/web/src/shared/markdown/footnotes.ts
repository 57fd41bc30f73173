import type { MarkdownIt, StateBlock, StateCore, StateInline, Token } from "markdown-it"

/** Columns by which the further lines of a note are indented. */
const indent = 4
/** Links from a note back to where it is mentioned. */
const mostWaysBack = 20

/** A note's name in its brackets. */
const label = /\[\^([^\s[\]]{1,200})\]/y

function labelAt({ src, md }: StateBlock | StateInline, at: number): { name: string; end: number } | undefined {
  label.lastIndex = at
  const [whole = "", name = ""] = label.exec(src) ?? []
  return whole ? { name: md.utils.normalizeReference(name), end: at + whole.length } : undefined
}

/** Where the rules keep the names of a text's notes. */
const key = "footnotes"

function namesIn({ env }: StateBlock | StateInline): Set<unknown> {
  const names = env[key] instanceof Set ? env[key] : new Set()
  env[key] = names
  return names
}

/** `[^name]:` and what it says on this line and on those behind it that are indented. */
function note(state: StateBlock, line: number, end: number, silent: boolean): boolean {
  const { bMarks, tShift, sCount, blkIndent, parentType } = state
  const [mark = 0, shift = 0, columns = 0] = [bMarks[line], tShift[line], sCount[line]]
  if (columns - blkIndent >= indent) return false
  const found = labelAt(state, mark + shift)
  if (!found || state.src.charAt(found.end) !== ":") return false
  if (silent) return true
  namesIn(state).add(found.name)
  const begin = found.end + 1
  state.push("footnote_open", "", 1).content = found.name
  state.blkIndent += indent
  state.parentType = "footnote"
  bMarks[line] = begin
  tShift[line] = state.skipSpaces(begin) - begin
  sCount[line] = state.blkIndent
  state.md.block.tokenize(state, line, end)
  bMarks[line] = mark
  tShift[line] = shift
  sCount[line] = columns
  state.blkIndent = blkIndent
  state.parentType = parentType
  state.push("footnote_close", "", -1)
  return true
}

/** `[^name]`, where there is a note of this name. */
function mention(state: StateInline, silent: boolean): boolean {
  const found = labelAt(state, state.pos)
  if (!found || found.end > state.posMax || !namesIn(state).has(found.name)) return false
  if (!silent) state.push("footnote_ref", "", 0).content = found.name
  state.pos = found.end
  return true
}

/** Takes the notes out of a text's tokens; of two with one name the first counts. */
function takeOut(tokens: Token[]): { body: Token[]; notes: Map<string, Token[]> } {
  const body: Token[] = []
  const notes = new Map<string, Token[]>()
  const open: { name: string; tokens: Token[] }[] = []
  for (const token of tokens) {
    if (token.type === "footnote_open") open.push({ name: token.content, tokens: [] })
    else if (token.type === "footnote_close") {
      const done = open.pop()
      if (done && !notes.has(done.name)) notes.set(done.name, done.tokens)
    } else (open.at(-1)?.tokens ?? body).push(token)
  }
  return { body, notes }
}

/** Numbers the notes in the order in which they are mentioned, and the mentions of each. Others are not shown. */
function number(body: Token[], notes: Map<string, Token[]>): Map<string, number> {
  const mentions = new Map<string, number>()
  const places = new Map<string, number>()
  const look = (tokens: Token[]) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type !== "footnote_ref") continue
      const count = (mentions.get(token.content) ?? 0) + 1
      mentions.set(token.content, count)
      if (!places.has(token.content)) places.set(token.content, places.size + 1)
      token.meta = { number: places.get(token.content), mention: count }
    }
  }
  look(body)
  // Notes may mention further ones, which the map then yields too.
  for (const name of places.keys()) look(notes.get(name) ?? [])
  return mentions
}

/** Puts the notes that are mentioned behind the text, each with ways back to its mentions. */
function gather(state: StateCore): void {
  if (!(state.env[key] instanceof Set)) return
  const { body, notes } = takeOut(state.tokens)
  state.tokens = body
  const mentions = number(body, notes)
  if (mentions.size === 0) return
  const mark = (type: string, nesting: 1 | 0 | -1, meta: Record<string, unknown> | null = null) => {
    const token = new state.Token(type, "", nesting)
    token.meta = meta
    return token
  }
  body.push(mark("footnotes_open", 1))
  for (const [place, [name, count]] of [...mentions].entries()) {
    const tokens = notes.get(name) ?? []
    const back = Array.from({ length: Math.min(count, mostWaysBack) }, (_, at) =>
      mark("footnote_back", 0, { number: place + 1, mention: at + 1 }),
    )
    const last = tokens.at(-1)?.type === "paragraph_close" ? tokens.at(-2)?.children : undefined
    last?.push(...back)
    body.push(mark("footnote_open", 1, { number: place + 1 }))
    for (const token of tokens) body.push(token)
    body.push(...(last ? [] : back), mark("footnote_close", -1))
  }
  body.push(mark("footnotes_close", -1))
}

/** Reads `[^1]` and `[^1]: note` as GitHub does, and puts the notes behind the text. */
export function footnotes(parser: MarkdownIt): void {
  parser.block.ruler.before("reference", "footnote", note, { alt: ["paragraph", "reference"] })
  parser.inline.ruler.before("link", "footnote_ref", mention)
  parser.core.ruler.after("inline", "footnotes", gather)
}
