import type { Client } from "@strudel-agent/client/client"
import { Imported } from "@strudel-agent/contract/session/import"
import type { Conversation } from "./conversation.ts"
import type { Session, StoredConversations } from "./stored-conversations.ts"

/** Where a session was forked from another: behind its message of this index. */
export interface Fork {
  session: Session
  messageIndex: number
}

/** Why a conversation is a session of its own although another one has something of it. */
export type Kinship =
  /** It goes another way from a message on. */
  | ({ kind: "fork" } & Fork)
  /** It begins with so many messages alike, but nothing says that it is the same talk. */
  | { kind: "alike"; session: Session; common: number }
  /** It has the same id where it comes from, but not even the first message is the same. */
  | { kind: "namesake"; session: Session }

export type Whose =
  | {
      session: Session
      /** How many messages of the conversation it has: its first ones. */
      known: number
      /** How many others it has. */
      others: number
    }
  | {
      session: undefined
      id: string
      kinship?: Kinship
      /** Stored sessions that turn out to be forks of this talk. */
      forks: Fork[]
    }

interface Candidate {
  session: Session
  imported: Imported | undefined
  /** How many of the first messages are the same. */
  common: number
  /** Whether the session has none behind those. */
  ends: boolean
}

export interface Asked {
  conversation: Conversation
  /** The id that the user says, for a session that is to be made. */
  id?: string | undefined
  /** Sessions that are others' for certain. */
  others: Set<string>
}

const isSameIdentity = (imported: Imported | undefined, { imported: own }: Conversation): boolean =>
  imported?.identity !== undefined && imported.identity === own.identity && imported.format === own.format

/** Whether one says that the other is what it was forked from. */
const isForkOf = (fork: Imported | undefined, origin: Imported | undefined): boolean =>
  fork?.origin !== undefined && fork.origin === origin?.identity && fork.format === origin.format

/** Whether both say whose conversation they are, and not the same. */
const isOthers = (imported: Imported | undefined, conversation: Conversation): boolean =>
  imported?.identity !== undefined &&
  conversation.imported.identity !== undefined &&
  !isSameIdentity(imported, conversation)

export const importedOf = ({ metadata }: Session): Imported | undefined => Imported.safeParse(metadata.imported).data

/**
 * Finds the session that holds a conversation: its messages are the conversation's first ones, or the conversation is an older copy of it. Else
 * tells which id a session of its own gets, and what it has to do with those that begin like it.
 */
export async function whoseConversation(
  client: Client,
  stored: StoredConversations,
  { conversation, id, others }: Asked,
): Promise<Whose> {
  const { format, identity, first } = conversation.imported
  const keys = [
    ...(identity === undefined ? [] : [{ format, identity }]),
    { first },
    ...conversation.heads.map((head) => ({ head })),
  ]
  const { items } = await client.session.findImported.query({
    ids: [...conversation.ids, ...conversation.formerIds],
    imported: keys,
  })
  const candidates = await Promise.all(
    items.flatMap((session) => (others.has(session.id) ? [] : [compare(stored, conversation, session)])),
  )
  // The most in common first; of equal ones that which is no fork, then that which was made first.
  const isFork = ({ session }: Candidate) => Number(session.metadata.forked_from !== undefined)
  candidates.sort((one, other) => other.common - one.common || isFork(one) - isFork(other))
  const holders = await holdersOf(stored, conversation, candidates)
  const holder = holders.find(({ session }) => conversation.ids.includes(session.id)) ?? holders[0]
  if (holder) {
    if (id === undefined) return holder
    return { session: undefined, id, forks: [] }
  }
  const taken = new Set(items.map((session) => session.id))
  const free = id ?? conversation.ids.find((each) => !taken.has(each)) ?? crypto.randomUUID()
  return { session: undefined, id: free, ...(await kinshipOf(stored, conversation, candidates)) }
}

const compare = async (
  stored: StoredConversations,
  conversation: Conversation,
  session: Session,
): Promise<Candidate> => ({
  session,
  imported: importedOf(session),
  ...(await stored.commonWith(session, conversation.digests)),
})

interface Holder {
  session: Session
  known: number
  others: number
}

/** The candidates that hold the conversation and have the most of it. */
async function holdersOf(
  stored: StoredConversations,
  conversation: Conversation,
  candidates: Candidate[],
): Promise<Holder[]> {
  const holders: Holder[] = []
  for (const candidate of candidates) {
    const holder = await asHolder(stored, conversation, candidate)
    if (holder && holder.known >= (holders[0]?.known ?? 0)) holders.push(holder)
  }
  const most = Math.max(...holders.map(({ known }) => known))
  return holders.filter(({ known }) => known === most)
}

async function asHolder(
  stored: StoredConversations,
  conversation: Conversation,
  candidate: Candidate,
): Promise<Holder | undefined> {
  const { session, imported, common, ends } = candidate
  if (isOthers(imported, conversation)) return undefined
  // Another import may be about to fill it, with this conversation or with another one that begins alike.
  if (ends && common === 0 && !conversation.ids.includes(session.id)) return undefined
  if (ends) return { session, known: common, others: 0 }
  if (common === conversation.digests.length)
    return { session, known: common, others: Math.max(0, session.messageCount - common) }
  // Before conversations were told apart, and where the user says so, they were put among messages of others.
  if (imported && !imported.mixed) return undefined
  const rows = await stored.all(session)
  const clientIds = conversation.messages.map(({ message }) => message.clientId)
  let known = 0
  for (const { clientId } of rows) if (clientId !== null && clientId === clientIds[known]) known++
  return known === clientIds.length ? { session, known, others: rows.length - known } : undefined
}

/** What a conversation that no session holds has to do with the sessions that begin like it. */
async function kinshipOf(
  stored: StoredConversations,
  conversation: Conversation,
  candidates: Candidate[],
): Promise<{ kinship?: Kinship; forks: Fork[] }> {
  const forks: Fork[] = []
  let origin: Fork | undefined
  for (const candidate of candidates) {
    if (!(await isKin(stored, conversation, candidate))) continue
    const fork = { session: candidate.session, messageIndex: candidate.common - 1 }
    if (!(await isOlder(stored, conversation, candidate))) origin ??= fork
    else if (candidate.session.metadata.forked_from === undefined) forks.push(fork)
  }
  if (origin) return { kinship: { kind: "fork", ...origin }, forks }
  const alike = candidates.find(({ session, common }) => common > 0 && !forks.some((fork) => fork.session === session))
  if (alike) return { kinship: { kind: "alike", session: alike.session, common: alike.common }, forks }
  const namesake = candidates.find(({ imported }) => isSameIdentity(imported, conversation))
  return namesake ? { kinship: { kind: "namesake", session: namesake.session }, forks } : { forks }
}

/** Whether what both have in common was said once: more than a prompt of the system, by the same id or at the same time. */
async function isKin(
  stored: StoredConversations,
  conversation: Conversation,
  { session, imported, common }: Candidate,
): Promise<boolean> {
  const index = conversation.messages.findIndex(({ message }) => message.role !== "system")
  if (index < 0 || index >= common) return false
  if (isSameIdentity(imported, conversation)) return true
  if (isForkOf(conversation.imported, imported) || isForkOf(imported, conversation.imported)) return true
  const { timestamp } = conversation.messages[index]?.message ?? {}
  if (timestamp === undefined) return imported?.key !== undefined && imported.key === conversation.imported.key
  return Date.parse(timestamp) === Date.parse((await stored.timeAt(session, index)) ?? "")
}

/**
 * Whether the conversation went on from what it has in common with a session before that did, or not at all: then the session is
 * the fork. A conversation that says nothing of whose it is goes by the order of imports.
 */
async function isOlder(
  stored: StoredConversations,
  conversation: Conversation,
  candidate: Candidate,
): Promise<boolean> {
  const { session, imported, common, ends } = candidate
  if (isForkOf(imported, conversation.imported)) return true
  if (isForkOf(conversation.imported, imported) || !isOthers(imported, conversation) || ends) return false
  const next = conversation.messages[common]?.message
  if (!next) return true
  return Date.parse(next.timestamp ?? "") < Date.parse((await stored.timeAt(session, common)) ?? "")
}
