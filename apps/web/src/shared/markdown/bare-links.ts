import type { MarkdownIt, StateCore, StateInline, Token } from "markdown-it"
import { addressAt, mailAt } from "./bare-address.ts"
import { markdownLimits, TooMuch } from "./markdown-budget.ts"

/** Where plain text ends: at a sign of markup, and where a bare address may begin. */
const plainEnd = /[\n!&*<[\\\]_`~]|(?<![a-z])https?:\/\/|(?<![^\s*_~([])www\./giu

/** Plain text up to the next sign of markup or bare address. */
function plainText(state: StateInline, silent: boolean): boolean {
  plainEnd.lastIndex = state.pos
  const found = plainEnd.exec(state.src)
  // An address that no rule took, since it is none or is part of a link, begins with a plain letter.
  const isTaken = found?.index === state.pos && found[0].length > 1
  const end = Math.min(isTaken ? state.pos + 1 : (found?.index ?? state.posMax), state.posMax)
  if (end <= state.pos) return false
  if (!silent) state.pending += state.src.slice(state.pos, end)
  state.pos = end
  return true
}

/** A bare address of a site, outside of what is a link or may become one. */
function bareAddress(state: StateInline, silent: boolean): boolean {
  if (silent || state.linkLevel > 0) return false
  const address = addressAt(state.src, state.pos)
  if (address === "") return false
  const href = /^www\./i.test(address) ? `http://${address}` : address
  state.push("link_open", "a", 1).attrs = [["href", state.md.normalizeLink(href)]]
  state.push("text", "", 0).content = address
  state.push("link_close", "a", -1)
  state.pos += address.length
  return true
}

/** A plain text in pieces, so many at most, in which each address of a mailbox is a link. */
function withMail({ Token: Piece, md }: StateCore, { content }: Token, most: number): Token[] {
  const pieces: Token[] = []
  const plain = (content: string) => {
    if (content === "") return
    const piece = new Piece("text", "", 0)
    piece.content = content
    pieces.push(piece)
  }
  let done = 0
  for (let at = content.indexOf("@"); at >= 0; at = content.indexOf("@", at + 1)) {
    const mail = mailAt(content, at)
    if (!mail || mail.start < done) continue
    if (pieces.length > most) throw new TooMuch("markup")
    plain(content.slice(done, mail.start))
    const address = content.slice(mail.start, mail.end)
    const open = new Piece("link_open", "a", 1)
    open.attrs = [["href", md.normalizeLink(`mailto:${address}`)]]
    pieces.push(open)
    plain(address)
    pieces.push(new Piece("link_close", "a", -1))
    done = mail.end
  }
  plain(content.slice(done))
  return pieces
}

function linkMail(state: StateCore): void {
  let made = 0
  for (const block of state.tokens) {
    if (!block.children || !block.content.includes("@")) continue
    let links = 0
    block.children = block.children.flatMap((token) => {
      if (token.type === "link_open") links++
      if (token.type === "link_close") links--
      if (token.type !== "text" || links > 0 || !token.content.includes("@")) return token
      const pieces = withMail(state, token, markdownLimits.tokens - made)
      made += pieces.length
      return pieces
    })
  }
}

/** Makes links of bare addresses of sites and mailboxes. */
export function bareLinks(parser: MarkdownIt): void {
  parser.inline.ruler.at("text", plainText)
  parser.inline.ruler.before("text", "bare_address", bareAddress)
  parser.core.ruler.after("inline", "bare_mail", linkMail)
}
