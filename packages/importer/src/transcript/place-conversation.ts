import type { Client } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import type { Conversation } from "./conversation.ts"
import type { SentMessage } from "./message-batches.ts"
import type { Session, StoredConversations } from "./stored-conversations.ts"
import type { Remark } from "./transcript-report.ts"
import { type Fork, type Kinship, whoseConversation } from "./whose-conversation.ts"

/** Where a conversation is stored, and what of it is stored there already. */
export interface Place {
  id: string
  /** Undefined where it is to be made. */
  session: Session | undefined
  /** The messages that it lacks. */
  fresh: SentMessage[]
  /** The index that the first of them gets; undefined where they go behind whatever is there, as the user says. */
  firstIndex: number | undefined
  /** How many messages of the conversation it has. */
  known: number
  /** How many others it has. */
  others: number
  /** Messages that it has with other content. */
  different: Remark[]
  /** Messages that go behind later ones. */
  moved: Remark[]
  kinship?: Kinship | undefined
  /** Stored sessions that turn out to be forks of the conversation. */
  forks: Fork[]
}

export interface Wanted {
  conversation: Conversation
  /** The session's id, as the user says it. */
  id: string | undefined
  /** Sessions that are others' for certain. */
  others: Set<string>
}

/** Finds where a conversation is stored; where the user says an id, there. */
export async function placeConversation(
  client: Client,
  stored: StoredConversations,
  { conversation, id, others }: Wanted,
): Promise<Place> {
  const given = id === undefined ? undefined : await findSession(client, id)
  if (given) return placeIn(given, stored, conversation)
  const whose = await whoseConversation(client, stored, { conversation, id, others })
  const all = conversation.messages.map(({ message }) => message)
  const place = { firstIndex: 0, known: 0, others: 0, different: [], moved: [], forks: [] }
  if (!whose.session) return { ...place, ...whose, fresh: all }
  const { session, known } = whose
  return { ...place, session, id: session.id, fresh: all.slice(known), firstIndex: known, known, others: whose.others }
}

async function findSession(client: Client, id: string): Promise<Session | undefined> {
  try {
    return await client.session.byId.query({ id })
  } catch (error) {
    if (reasonOf(error) === "SESSION_NOT_FOUND") return undefined
    throw error
  }
}

/** The place of a conversation in a session that the user says: behind what it has, whoever said that. */
async function placeIn(session: Session, stored: StoredConversations, conversation: Conversation): Promise<Place> {
  const all = conversation.messages.map(({ message }) => message)
  const place = { session, id: session.id, different: [], moved: [], forks: [] }
  const { common, ends } = await stored.commonWith(session, conversation.digests)
  if (ends || common === all.length) {
    const others = ends ? 0 : Math.max(0, session.messageCount - common)
    return { ...place, fresh: all.slice(common), firstIndex: common, known: common, others }
  }
  const rows = await stored.all(session)
  const byClientId = new Map(rows.map(({ clientId, digest }) => [clientId, digest]))
  const isKnown = conversation.messages.map(({ message }) => byClientId.has(message.clientId))
  const last = isKnown.lastIndexOf(true)
  const remarks = (has: (index: number) => boolean, why: string): Remark[] =>
    conversation.messages.flatMap((each, index) => (has(index) ? [{ place: each.place, why }] : []))
  const isDifferent = (index: number) =>
    isKnown[index] === true &&
    byClientId.get(conversation.messages[index]?.message.clientId ?? null) !== conversation.digests[index]
  const fresh = all.filter((_, index) => !isKnown[index])
  const known = all.length - fresh.length
  return {
    ...place,
    fresh,
    firstIndex: undefined,
    known,
    others: rows.length - known,
    different: remarks(isDifferent, "is stored with other content, which stays"),
    moved: remarks((index) => !isKnown[index] && index < last, "stands behind later ones, which the session had"),
  }
}
