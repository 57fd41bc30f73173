import type { CodeChange, CodeChanges, Message } from "../message.ts"

/** Code that a message bears: what it changed code to, the code it is about, or a block of code in its words. */
export interface MessageCode {
  source: "change" | "context" | "block"
  code: string
  /** Whether the message left it; what it removed, it did not. */
  isLeft: boolean
  /** What it says the code is of. */
  about: Pick<CodeChange, "item_type" | "item_id" | "project_id">
}

const languages = new Set(["", "js", "javascript", "jsx", "mjs", "ts", "typescript", "strudel"])

/** Whether a block of code in this language may be Strudel's; one without a language mostly is. */
export const isStrudel = (language: string): boolean => languages.has(language.toLowerCase())

/** Blocks of code that are looked for in one text. */
const mostBlocks = 20

const fence = /^[ \t]*(`{3,}|~{3,})[ \t]*([^\s`]*)[^`\n]*$/

/** The blocks of Strudel code between fences in a markdown text, the first of them. */
export function codeBlocksOf(text: string): string[] {
  const blocks: string[] = []
  let open: { mark: string; indent: number; isStrudel: boolean; lines: string[] } | undefined
  const close = () => {
    if (open?.isStrudel) blocks.push(open.lines.join("\n"))
    open = undefined
  }
  for (let start = 0; start < text.length && blocks.length < mostBlocks; ) {
    const end = text.indexOf("\n", start)
    const line = text.slice(start, end < 0 ? text.length : end).replace(/\r$/, "")
    start = end < 0 ? text.length : end + 1
    const [, mark = "", language = ""] = line.length < 200 ? (fence.exec(line) ?? []) : []
    if (!open && mark) open = { mark, indent: line.search(/\S/), isStrudel: isStrudel(language), lines: [] }
    else if (open && mark.startsWith(open.mark) && language === "") close()
    else open?.lines.push(line.slice(Math.min(open.indent, Math.max(0, line.search(/\S|$/)))))
  }
  close()
  return blocks.filter((code) => code.trim() !== "").slice(0, mostBlocks)
}

/** The code changes of a message as a list, however they were sent. */
export const codeChangesOf = (changes: CodeChanges | undefined): CodeChange[] =>
  changes === undefined ? [] : Array.isArray(changes) ? changes : [changes]

/** What a change left of the code; what it removed where it left none. */
export const codeOfChange = ({ before, after }: CodeChange): string => after ?? before ?? ""

/** All code of a message: its changes in their order, each whatever it bears, then what it is about, then its blocks. */
export function codesOfMessage({
  content,
  context,
  codeChanges,
}: Pick<Message, "content" | "context" | "codeChanges">): MessageCode[] {
  const codes: MessageCode[] = codeChangesOf(codeChanges).map((change) => ({
    source: "change",
    code: codeOfChange(change),
    isLeft: typeof change.after === "string",
    about: change,
  }))
  if (context?.code) codes.push({ source: "context", code: context.code, isLeft: true, about: context })
  for (const code of codeBlocksOf(content)) codes.push({ source: "block", code, isLeft: true, about: {} })
  return codes
}
