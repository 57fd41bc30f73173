import { isJsonObject, type JsonObject } from "../json/json-value.ts"
import type { LeftOutReason, MessageRole } from "./entry.ts"

const roles = new Map<string, MessageRole>([
  ["user", "user"],
  ["human", "user"],
  ["person", "user"],
  ["assistant", "assistant"],
  ["ai", "assistant"],
  ["agent", "assistant"],
  ["bot", "assistant"],
  ["model", "assistant"],
  ["gpt", "assistant"],
  ["chatgpt", "assistant"],
  ["bing", "assistant"],
  ["bard", "assistant"],
  ["claude", "assistant"],
  ["gemini", "assistant"],
  ["system", "system"],
  ["developer", "system"],
  ["note", "note"],
])

/** The role that a word of some format stands for. */
export const roleOf = (word: string): MessageRole | undefined => roles.get(word.trim().toLowerCase())

export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)

/** An id, which some formats write as a number. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value)
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined
}

/** What a part of a message is, by its type, where it is no text. */
export function partReason(type: string): LeftOutReason {
  if (/tool[-_]?use$|tool[-_]?call$|tool-invocation|function_?call$|_call$|^tool-|^dynamic-tool$/i.test(type)) {
    return "tool-call"
  }
  if (/tool[-_]?result$|_call_output$|function_?response$|_approval_response$|execution_output/i.test(type)) {
    return "tool-result"
  }
  if (/thinking$|^reasoning|^thought/i.test(type)) return "thinking"
  if (/image/i.test(type)) return "image"
  if (/document|file|audio|video|^source/i.test(type)) return "attachment"
  return /^step-start$|^data-|^step_?(?:start|finish)/.test(type) ? "meta" : "unknown-part"
}

const textTypes = new Set(["text", "input_text", "output_text", "summary_text", "Text"])

/** The text of a part, or of `{ value }`, as OpenAI's Assistants have it. */
const partText = (text: unknown): string | undefined =>
  textOf(text) ?? (isJsonObject(text) ? textOf(text.value) : undefined)

function readPart(part: JsonObject): { text?: string; leftOut?: LeftOutReason } {
  if (part.thought === true) return { leftOut: "thinking" }
  const type = textOf(part.type)
  if (type === undefined) {
    const text = textOf(part.text)
    if (text !== undefined) return { text }
    const [key = ""] = Object.keys(part)
    return { leftOut: key === "inlineData" ? "image" : partReason(key) }
  }
  const text = textTypes.has(type) ? partText(part.text) : type === "refusal" ? textOf(part.refusal) : undefined
  if (text !== undefined) return { text }
  // The beginning of a step is no part that anybody would miss.
  return type === "step-start" ? {} : { leftOut: partReason(type) }
}

/** Takes the texts out of a message's content and names the other parts. */
export function readContent(content: unknown): { texts: string[]; leftOut: LeftOutReason[] } {
  const texts: string[] = []
  const leftOut: LeftOutReason[] = []
  for (const part of Array.isArray(content) ? content : [content]) {
    if (part === null || part === undefined) continue
    if (typeof part === "string") texts.push(part)
    else if (!isJsonObject(part)) leftOut.push("unknown-part")
    else {
      const { text, leftOut: reason } = readPart(part)
      if (text !== undefined) texts.push(text)
      else if (reason) leftOut.push(reason)
    }
  }
  return { texts, leftOut }
}
