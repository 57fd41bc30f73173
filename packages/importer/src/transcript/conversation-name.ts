import { limits } from "@strudel-agent/contract/limits"
import type { Transcript } from "./transcript.ts"

/** A text as a name of at most so many characters; empty where nothing is left. */
export function shortName(text: string, most: number = limits.name): string {
  const line = text.replace(/\s+/g, " ").trim()
  if (line.length <= most) return line
  return `${line
    .slice(0, most - 1)
    .replace(/\p{Surrogate}$/u, "")
    .trim()}…`
}

/** What a conversation is called where the user says nothing: by its title, its first words or its file. */
export function nameOfConversation({ title, firstWords, fileName }: Transcript): string {
  const names = [title, firstWords, fileName.replace(/(.)\.[^.]*$/, "$1")]
  return names.map((name) => shortName(name ?? "")).find((name) => name !== "") ?? "Imported session"
}

/** Characters of a conversation's name that stand in that of its branch. */
const mostOfConversation = 80

/** What a branch of a conversation is called: by its first words, and whose it is. */
export function nameOfBranch(firstWords: string, conversation: string): string {
  const end = ` (branch of ${shortName(conversation, mostOfConversation)})`
  return `${shortName(firstWords, limits.name - end.length) || "…"}${end}`
}
