import { limits } from "@strudel-agent/contract/limits"
import { contentOf, type Editing } from "./clip-editing.ts"
import { checkFields, type FieldName, readFields } from "./metadata-fields.ts"

/** What is wrong, per part; "metadata" is all of it together. */
export type Problems = Partial<Record<"name" | "code" | "metadata" | FieldName, string>>

const encoder = new TextEncoder()
const bytesOf = (text: string): number => encoder.encode(text).length
const inWords = (bytes: number): string => `${bytes.toLocaleString("en-US")} bytes`

/** Checks what was typed against the contract's limits, so that it is said before the server is asked. */
export function checkDraft(editing: Editing): Problems {
  const { name, code, metadata } = contentOf(editing)
  const problems: Problems = checkFields(editing.draft.fields, readFields(editing.base.metadata))
  if (name === "") problems.name = "A clip needs a name."
  if (name.length > limits.name) problems.name = `At most ${limits.name} characters, not ${name.length}.`
  const codeBytes = bytesOf(code)
  if (codeBytes > limits.codeBytes)
    problems.code = `At most ${inWords(limits.codeBytes)} of code, not ${inWords(codeBytes)}.`
  const metadataBytes = bytesOf(JSON.stringify(metadata))
  if (metadataBytes > limits.metadataBytes) {
    problems.metadata = `At most ${inWords(limits.metadataBytes)} in all, not ${inWords(metadataBytes)}.`
  }
  return problems
}
