import type { Steps } from "../steps.ts"
import { isBlankCode, isEscapable, kindAt, referenceAt } from "./character.ts"
import { CodeSpans } from "./code-spans.ts"
import { type Entry, resolveEmphasis } from "./emphasis.ts"
import { addressAt, HtmlReader } from "./inline-html.ts"
import type { JoinedText } from "./joined-text.ts"
import { destinationAt, labelAt, labelOf, type Part, skipSpace, TitleReader } from "./link-part.ts"
import type { Inline } from "./node.ts"
import { textOf } from "./text-of.ts"

/** Where labels lead, by the form in which they are compared. */
export type Definitions = ReadonlyMap<string, string>

/** An open bracket that may begin a link or image, and is text where it does not. */
type OpenBracket = {
  isImage: boolean
  /** Its offset, and the one behind it. */
  at: number
  from: number
  /** How many entries there were, and where the text began that was not put down yet. */
  place: number
  plainFrom: number
  /** Whether another bracket opened behind it, so that what it holds is no label. */
  holdsBracket: boolean
}

/** Brackets of a bare address within one another. */
const deepestDestination = 32

/** Signs that are read in one step. */
const signsPerStep = 4096

/** What markup may begin with, or a line that ends with blanks. */
const sign = /[!&*<[\\\]_`]|[ \t]\n/g

/**
 * Reads the text of a paragraph or heading as "Inline structure" of the CommonMark 0.31.2 specification and its appendix
 * have it. Each character is read a bounded number of times: runs of backticks, titles and HTML that are not closed are
 * looked for once, bare addresses nest up to a bound, a label holds no bracket, and each bracket and each run of emphasis
 * is opened and closed once.
 */
class InlineScanner {
  readonly #source: JoinedText
  readonly #definitions: Definitions
  readonly #text: string
  #code: CodeSpans | undefined
  #html: HtmlReader | undefined
  #titles: TitleReader | undefined
  readonly #entries: Entry[] = []
  readonly #brackets: OpenBracket[] = []
  /** Where the last bracket closes: one that opens behind it is text. */
  readonly #lastClosing: number
  /** So many of the brackets stand before a link, which another link must not hold. */
  #beforeLink = 0
  #at = 0
  /** Where the text begins that is no markup. */
  #plainFrom = 0

  constructor(source: JoinedText, definitions: Definitions) {
    this.#source = source
    this.#definitions = definitions
    this.#text = source.text
    this.#lastClosing = this.#text.lastIndexOf("]")
  }

  *scan(): Steps<Inline[]> {
    const text = this.#text
    for (let read = 1; ; read++) {
      sign.lastIndex = this.#at
      if (!sign.test(text)) break
      this.#at = sign.lastIndex - 1
      const code = text.charCodeAt(this.#at)
      if (code === 93) yield* this.#closeBracket()
      else this.#readSign(code)
      if (read % signsPerStep === 0) yield
    }
    this.#putPlain(text.length)
    return yield* resolveEmphasis(this.#entries)
  }

  #readSign(code: number): void {
    if (code === 91) this.#openBracket(this.#at + 1, false)
    else if (code === 42 || code === 95) this.#readRun(code)
    else if (code === 92) this.#readEscape()
    else if (code === 96) this.#readCode()
    else if (code === 60) this.#readAngle()
    else if (code === 10) this.#endLine()
    else if (code === 38) this.#readReference()
    else if (this.#text.charCodeAt(this.#at + 1) === 91) this.#openBracket(this.#at + 2, true)
    else this.#at++
  }

  /** Puts down the text before an offset that is no markup. */
  #putPlain(end: number): void {
    if (end <= this.#plainFrom) return
    this.#putText(this.#text.slice(this.#plainFrom, end), this.#plainFrom, end)
  }

  #putText(value: string, from: number, to: number): void {
    this.#entries.push({ type: "text", start: this.#source.startOf(from), end: this.#source.endOf(to), value })
    this.#plainFrom = to
  }

  /** Puts down the text before here, and then what reaches from here up to an offset. */
  #put(entry: Entry, end: number): void {
    this.#putPlain(this.#at)
    this.#entries.push(entry)
    this.#at = end
    this.#plainFrom = end
  }

  #start(): number {
    return this.#source.startOf(this.#at)
  }

  #readEscape(): void {
    const end = this.#at + 2
    const next = this.#text.charAt(this.#at + 1)
    if (next === "\n") this.#put({ type: "break", start: this.#start(), end: this.#source.endOf(end) }, end)
    else if (isEscapable(next)) {
      this.#putPlain(this.#at)
      this.#putText(next, this.#at, end)
      this.#at = end
    } else this.#at++
  }

  #readReference(): void {
    const found = referenceAt(this.#text, this.#at)
    if (!found) {
      this.#at++
      return
    }
    this.#putPlain(this.#at)
    this.#putText(found.value, this.#at, found.end)
    this.#at = found.end
  }

  #readCode(): void {
    let end = this.#at + 1
    while (this.#text.charCodeAt(end) === 96) end++
    this.#code ??= new CodeSpans(this.#text)
    const found = this.#code.after(this.#at, end)
    if (found) {
      const { value, end: codeEnd } = found
      this.#put({ type: "inlineCode", start: this.#start(), end: this.#source.endOf(codeEnd), value }, codeEnd)
    } else this.#at = end
  }

  #readAngle(): void {
    const address = addressAt(this.#text, this.#at)
    if (address) {
      const { shown: value, url } = address
      const start = this.#start()
      const text: Inline = { type: "text", start: start + 1, end: start + 1 + value.length, value }
      const length = value.length + 2
      this.#put({ type: "link", start, end: start + length, url, children: [text] }, this.#at + length)
      return
    }
    this.#html ??= new HtmlReader(this.#text)
    const end = this.#html.htmlEnd(this.#at)
    if (end === undefined) {
      this.#at++
      return
    }
    const value = this.#text.slice(this.#at, end)
    this.#put({ type: "inlineHtml", start: this.#start(), end: this.#source.endOf(end), value }, end)
  }

  /** A line that ends with blanks: two spaces or more break it, others are left out. */
  #endLine(): void {
    const next = this.#at + 1
    let end = this.#at
    while (end > this.#plainFrom && isBlankCode(this.#text.charCodeAt(end - 1))) end--
    const blanks = this.#text.slice(end, this.#at)
    this.#putPlain(end)
    this.#plainFrom = this.#at
    this.#at = end
    if (blanks.length > 1 && !blanks.includes("\t")) {
      this.#plainFrom = end
      this.#put({ type: "break", start: this.#start(), end: this.#source.endOf(next) }, next)
    }
    this.#at = next
  }

  #readRun(code: 42 | 95): void {
    let end = this.#at + 1
    while (this.#text.charCodeAt(end) === code) end++
    const before = kindAt(this.#text, this.#at - 1)
    const after = kindAt(this.#text, end)
    const isStar = code === 42
    const leftFlanks = after === "word" || (after === "sign" && before !== "word")
    const rightFlanks = before === "word" || (before === "sign" && after !== "word")
    const opens = leftFlanks && (isStar || before !== "word" || !rightFlanks)
    const closes = rightFlanks && (isStar || after !== "word" || !leftFlanks)
    const start = this.#start()
    const runEnd = start + end - this.#at
    this.#put({ type: "run", start, end: runEnd, sign: isStar ? "*" : "_", opens, closes, place: 0 }, end)
  }

  #openBracket(from: number, isImage: boolean): void {
    const at = this.#at
    this.#at = from
    if (at > this.#lastClosing) return
    const last = this.#brackets.at(-1)
    if (last) last.holdsBracket = true
    const place = this.#entries.length
    this.#brackets.push({ isImage, at, from, place, plainFrom: this.#plainFrom, holdsBracket: false })
  }

  /** Takes off what was put down behind a bracket; what stands before it stays. */
  #takeBehind({ at, from, place, plainFrom }: OpenBracket): Entry[] {
    this.#putPlain(this.#at)
    const behind = this.#entries.splice(place)
    // The bracket stands in the first text that was put down after it opened.
    const [first] = behind
    if (first?.type !== "text") return behind
    const before = first.value.slice(0, at - plainFrom)
    if (before !== "") {
      this.#entries.push({ type: "text", start: first.start, end: this.#source.endOf(at), value: before })
    }
    first.value = first.value.slice(from - plainFrom)
    first.start = this.#source.startOf(from)
    if (first.value === "") behind.shift()
    return behind
  }

  *#closeBracket(): Steps<void> {
    const bracket = this.#brackets.pop()
    const isForbidden = bracket !== undefined && !bracket.isImage && this.#brackets.length < this.#beforeLink
    this.#beforeLink = Math.min(this.#beforeLink, this.#brackets.length)
    const target = bracket && !isForbidden ? this.#targetOf(bracket) : undefined
    if (!bracket || !target) {
      this.#at++
      return
    }
    const children = yield* resolveEmphasis(this.#takeBehind(bracket))
    const { at, isImage } = bracket
    const start = this.#source.startOf(at)
    const end = this.#source.endOf(target.end)
    if (isImage) this.#entries.push({ type: "image", start, end, alt: textOf(children, { html: true }) })
    else {
      this.#entries.push({ type: "link", start, end, url: target.value, children })
      this.#beforeLink = this.#brackets.length
    }
    this.#at = target.end
    this.#plainFrom = target.end
  }

  /** Where the closing bracket here leads, and where the source of that ends. */
  #targetOf({ from, holdsBracket }: OpenBracket): Part | undefined {
    const text = this.#text
    const behind = this.#at + 1
    const resource = text.charCodeAt(behind) === 40 ? this.#resourceAt(behind) : undefined
    if (resource) return resource
    if (text.charCodeAt(behind) === 91) {
      const label = labelAt(text, behind)
      const full = label && this.#definitions.get(label.value)
      if (label && full !== undefined) return { value: full, end: label.end }
      if (!text.startsWith("[]", behind)) return undefined
    }
    if (holdsBracket || this.#definitions.size === 0) return undefined
    const label = labelOf(text.slice(from, this.#at))
    const value = label === undefined ? undefined : this.#definitions.get(label)
    return value === undefined ? undefined : { value, end: text.startsWith("[]", behind) ? behind + 2 : behind }
  }

  /** The address, and the title, in the round brackets that open here. */
  #resourceAt(at: number): Part | undefined {
    const text = this.#text
    const first = skipSpace(text, at + 1)
    if (text.startsWith(")", first)) return { value: "", end: first + 1 }
    const url = destinationAt(text, first, deepestDestination)
    if (!url) return undefined
    const title = skipSpace(text, url.end)
    const isTitled = title > url.end && /["'(]/.test(text.charAt(title))
    if (isTitled) this.#titles ??= new TitleReader(text)
    const titleEnd = isTitled ? this.#titles?.titleEnd(title) : title
    if (titleEnd === undefined) return undefined
    const end = skipSpace(text, titleEnd)
    return text.startsWith(")", end) ? { value: url.value, end: end + 1 } : undefined
  }
}

/** Finds links, emphasis and code in the text of a paragraph or heading. */
export function* scanInlines(source: JoinedText, definitions: Definitions): Steps<Inline[]> {
  const { text } = source
  sign.lastIndex = 0
  if (sign.test(text)) return yield* new InlineScanner(source, definitions).scan()
  return [{ type: "text", start: source.startOf(0), end: source.endOf(text.length), value: text }]
}
