import type { ParsedTranscript } from "@strudel-agent/project-folder/parsed-transcript"
import { v5 } from "uuid"

const namespace = "3f6b8f0a-0a52-4b57-9c1e-5c2f6f3b7d11"

/**
 * The session id of a transcript: the same for the same transcript, also when it has grown. It follows from the first
 * message; where that says no time, the file's name counts too, for many talks begin with the same word.
 */
export function sessionIdOf({ messages }: ParsedTranscript, fileName: string): string | undefined {
  const [first] = messages
  if (!first) return undefined
  return v5(first.timestamp === undefined ? `${first.client_id}\n${fileName}` : first.client_id, namespace)
}
