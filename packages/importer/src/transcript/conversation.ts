import { sha256 } from "@noble/hashes/sha2.js"
import { uuidPattern } from "@strudel-agent/contract/item"
import type { Imported } from "@strudel-agent/contract/session/import"
import type { TranscriptMessage } from "@strudel-agent/project-folder/transcript/parsed-transcript"
import { toBase64 } from "../utf8.ts"
import { formerIds, idOf } from "./conversation-ids.ts"
import { type Prepared, prepare, type SentMessage } from "./message-batches.ts"
import type { Transcript } from "./transcript.ts"

/** A conversation as it can be stored, and what tells it from others. */
export interface Conversation extends Prepared {
  /** Of each message, a digest of who says what. */
  digests: string[]
  /** What its session's metadata say of it, so that it is found again. */
  imported: Imported
  /** Of the first message, of the first two, and so on, as a session says them under `head`. */
  heads: string[]
  /** The ids that its session may have, the first free one of which it gets. */
  ids: string[]
  /** The ids that an earlier version gave it. */
  formerIds: string[]
}

/** Messages from which a conversation's beginning is known. */
const headLength = 8
/** Messages that the id of a conversation without an identity follows from, so that it is the same while the conversation grows. */
const idLength = 4

const digest = (...parts: string[]): string =>
  toBase64(sha256(new TextEncoder().encode(parts.join("\n"))))
    .slice(0, 22)
    .replaceAll("+", "-")
    .replaceAll("/", "_")

/** A digest of who says what. */
export const digestOf = ({ role, content }: Pick<SentMessage, "role" | "content">): string => digest(role, content)

const timed = ({ role, content, timestamp = "" }: SentMessage): string => digest(role, timestamp, content)

/** The id of the session of a conversation that says whose it is; what was exported from here keeps the one that it has. */
const idOfConversation = (format: string, identity: string): string =>
  format === "messages" && uuidPattern.test(identity) ? identity.toLowerCase() : idOf("talk", format, identity)

export interface Whole {
  messages: TranscriptMessage[]
  /** Whether these are the messages of a branch that the conversation left, not its own. */
  isBranch?: boolean
}

/** Makes a conversation of a transcript's messages; undefined where it has none that the server takes. */
export function toConversation(
  transcript: Transcript,
  { messages, isBranch = false }: Whole,
): Conversation | undefined {
  const prepared = prepare(messages)
  const sent = prepared.messages.map(({ message }) => message)
  const [first] = sent
  if (!first) return undefined
  const { format, identity, forkedFrom, fileName } = transcript
  const moments = sent.map(timed)
  const heads = moments.slice(0, headLength).map((_, index) => digest(...moments.slice(0, index + 1)))
  const key = messages.find(({ role }) => role !== "system")?.key
  const imported: Imported = { format, first: moments[0] ?? "", head: heads.at(-1) ?? "" }
  if (identity !== undefined) imported.identity = identity
  if (forkedFrom !== undefined) imported.origin = forkedFrom
  if (key !== undefined) imported.key = key
  const ids = [idOf("beginning", ...moments.slice(0, idLength)), idOf("whole", ...moments)]
  // A branch has the identity of the conversation that left it.
  if (identity !== undefined && !isBranch) ids.unshift(idOfConversation(format, identity))
  return {
    ...prepared,
    digests: sent.map(digestOf),
    imported,
    heads,
    ids,
    formerIds: formerIds(first, fileName),
  }
}
