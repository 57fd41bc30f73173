import { limits } from "@strudel-agent/api/schema/limits"
import type { Client, Outputs } from "@strudel-agent/client/client"
import { Failure } from "../failure.ts"
import type { PlacedMessage, SentMessage } from "./message-batches.ts"
import type { Remark } from "./transcript-report.ts"

export interface Comparison {
  /** The messages that the session does not have; they follow on those that it has. */
  fresh: SentMessage[]
  /** Messages that the session has with other content. */
  different: Remark[]
  known: number
  /** How many messages of the session are not of the transcript. */
  others: number
}

type Session = Outputs["session"]["byId"]
type Stored = Outputs["message"]["list"]["messages"][number]

async function* listStored(client: Client, sessionId: string): AsyncGenerator<Stored> {
  for (let before: number | undefined, hasMore = true; hasMore; ) {
    const page = await client.message.list.query({ sessionId, limit: limits.page.max, before })
    yield* page.messages
    before = page.messages[0]?.messageIndex
    hasMore = page.hasMore
  }
}

/**
 * Finds which messages of a transcript a session has. Throws a failure where it lacks one that stands before one that it
 * has: appending it would change the order of what was said.
 */
export async function compareWithStored(
  client: Client,
  session: Session | undefined,
  messages: PlacedMessage[],
): Promise<Comparison> {
  const all = messages.map(({ message }) => message)
  if (!session || session.messageCount === 0) return { fresh: all, different: [], known: 0, others: 0 }
  const byClientId = new Map(messages.map((each) => [each.message.clientId, each]))
  const different: Remark[] = []
  const known = new Set<SentMessage>()
  let others = 0
  for await (const stored of listStored(client, session.id)) {
    const found = stored.clientId === null ? undefined : byClientId.get(stored.clientId)
    if (!found) {
      others++
      continue
    }
    const { place, message } = found
    known.add(message)
    const same = stored.role === message.role && stored.content === message.content
    if (!same) different.push({ place, why: "is stored with other content, which stays" })
  }
  const missing = messages.findIndex(({ message }) => !known.has(message))
  const isHole = missing >= 0 && messages.slice(missing).some(({ message }) => known.has(message))
  if (isHole) throw new Failure(notTheSame(session, messages[missing]?.place ?? 0))
  return { fresh: all.filter((message) => !known.has(message)), different, known: known.size, others }
}

const notTheSame = ({ id, displayName }: Session, place: number): string =>
  `The session "${displayName}" (${id}) has later messages of this transcript, but not message ${place}: one of the two ` +
  "was changed. Nothing was imported; --id with another UUID makes a session of its own."
