import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"

/** Whether a person typed what a message of a role says, who means its lines as they are. */
export const isTyped = (role: TranscriptMessage["role"]): boolean => role === "user" || role === "note"

/** Characters of a text that is read for code; a longer one is left as it is. */
const most = 200_000

const name = String.raw`[A-Za-z_$][\w$]*`
/** A line that begins as code does, and hardly as a sentence does. */
const plain = new RegExp(
  [
    // A pattern under a name, a variable, a function.
    String.raw`^\s{0,80}(?:\$|_?${name}\$?|${name}_):\s{0,20}(?:${name}\s?\(|["'\`])`,
    String.raw`^\s{0,80}(?:const|let|var)\s+[\w$\s,{}[\]]{1,200}=`,
    String.raw`^\s{0,80}(?:async\s+)?function\s*\*?\s*${name}?\s*\(`,
    // A call of something that is no word of a sentence, or of nothing.
    String.raw`^\s{0,80}(?:await\s+)?${name}(?:\.${name})*\(\s*(?:$|["'\`\d)[{]|[-.]\d|${name}\()`,
    // A call on what stands in the line above, or on a text.
    String.raw`^\s{0,80}\.${name}\(`,
    String.raw`^\s{0,80}(?:"[^"\n]{0,2000}"|'[^'\n]{0,2000}')\s?\.${name}\(`,
  ].join("|"),
)

const ending = /[)\]},;({["'`]\s*(?:\/\/.*)?$/
const remark = /^\s*\/\//
const closing = /^[\s)\]},;]+$/
const fence = /^ {0,3}(?:`{3}|~{3})/m

interface Depth {
  /** Brackets that are open. */
  brackets: number
  /** The sign that ends the text that is open over the end of the line. */
  quote: string
}

/** Where brackets and texts stand after a line of code. */
function depthAfter(line: string, { brackets, quote }: Depth): Depth {
  let open = brackets
  let text = quote
  for (let at = 0; at < line.length; at++) {
    const sign = line.charAt(at)
    if (text !== "") {
      if (sign === "\\") at++
      else if (sign === text) text = ""
    } else if (sign === '"' || sign === "'" || sign === "`") text = sign
    else if (sign === "/" && line[at + 1] === "/") break
    else if ("([{".includes(sign)) open++
    else if (")]}".includes(sign)) open--
  }
  return { brackets: open, quote: text === "`" ? text : "" }
}

const closed: Depth = { brackets: 0, quote: "" }

/** Where the code that begins at a line ends, which is that line where none does, and up to where it was looked for. */
function endOfCode(lines: readonly string[], from: number, mostRead: number): { end: number; read: number } {
  let depth = closed
  let end = from
  let plainLines = 0
  let at = from
  for (; at < Math.min(lines.length, from + mostRead); at++) {
    const line = lines[at] ?? ""
    if (depth.brackets === 0 && depth.quote === "") {
      if (line.trim() === "") continue
      const isPlain = plain.test(line) && ending.test(line)
      if (!isPlain && !remark.test(line) && !closing.test(line)) break
      if (isPlain) plainLines++
    }
    depth = depthAfter(line, depth)
    if (depth.brackets < 0) break
    if (depth.brackets === 0 && depth.quote === "") end = at + 1
  }
  return { end: plainLines > 0 ? end : from, read: at - from }
}

/**
 * A message in which code that was written without fences has them, so that it is drawn as code: lines between blank ones
 * that are plainly Strudel code, with brackets that close. A text that has fences, or is very long, is left as it is.
 */
export function withFences(text: string): string {
  if (text.length > most || !/["'`(]/.test(text) || fence.test(text)) return text
  const lines = text.split(/\r\n|\r|\n/)
  const made: string[] = []
  let hasCode = false
  // Code that never closes is looked through to its end: not again and again.
  let budget = lines.length * 4
  for (let at = 0; at < lines.length; ) {
    const begins = (at === 0 || lines[at - 1]?.trim() === "") && lines[at]?.trim() !== ""
    const { end, read } = begins ? endOfCode(lines, at, budget) : { end: at, read: 0 }
    budget -= read
    const isWhole = end > at && (end === lines.length || lines[end]?.trim() === "")
    const code = isWhole ? lines.slice(at, end) : [lines[at] ?? ""]
    hasCode ||= isWhole
    made.push(...(isWhole ? ["```", ...code, "```"] : code))
    at += code.length
  }
  return hasCode ? made.join("\n") : text
}
