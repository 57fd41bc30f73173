import type { Client } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import type { ConversationOptions, Telling } from "./conversation-options.ts"
import { timesOf } from "./conversation-times.ts"
import { type Place, placeConversation } from "./place-conversation.ts"
import type { StoredConversations } from "./stored-conversations.ts"
import type { ReportedKinship, StoredReport } from "./transcript-report.ts"
import type { Kinship } from "./whose-conversation.ts"
import { writeConversation } from "./write-conversation.ts"

/** Times that a conversation is looked for because somebody else wrote to its session meanwhile. */
const tries = 5

/** What another import or a person can cause between the moment at which a conversation is looked for and that of storing it. */
const isOvertaken = (error: unknown): boolean => {
  const reason = reasonOf(error)
  return reason === "SESSION_EXISTS" || reason === "SESSION_CHANGED"
}

/**
 * Stores a conversation as the session that it is, or what it has grown by. Where an error ends that early, the report tells how
 * far it came; rejects where nothing could be done.
 */
export async function storeConversation(
  client: Client,
  stored: StoredConversations,
  { telling, options }: { telling: Telling; options: ConversationOptions },
): Promise<{ report: StoredReport; error?: unknown }> {
  for (let attempt = 1; ; attempt++) {
    const place = await placeConversation(client, stored, { ...telling, id: options.session.id })
    const report = reportOf(place, telling, options)
    if (options.dryRun) return { report }
    try {
      await writeConversation(client, report, { place, telling, options })
      return { report }
    } catch (error) {
      if (!isOvertaken(error) || attempt >= tries) return { report, error }
    } finally {
      for (const id of [place.id, ...place.forks.map(({ session }) => session.id)]) stored.forget(id)
    }
  }
}

function reportOf(
  place: Place,
  { conversation, called, transcript }: Telling,
  options: ConversationOptions,
): StoredReport {
  const { session, id, fresh, known, others, different, moved, kinship, forks } = place
  return {
    session: { id, name: session?.displayName ?? options.session.name ?? called, created: !session },
    interrupted: false,
    counts: {
      messages: conversation.messages.length + conversation.left.length,
      appended: options.dryRun ? fresh.length : 0,
      alreadyThere: known,
      others,
    },
    times: timesOf(transcript, conversation.messages, options.fileTime).from,
    failed: [...conversation.left, ...different].sort((one, other) => one.place - other.place),
    dropped: conversation.dropped,
    moved,
    ...(kinship ? { kinship: reported(kinship) } : {}),
    forks: forks.map(({ session, messageIndex }) => ({ id: session.id, name: session.displayName, messageIndex })),
  }
}

function reported({ session, ...kinship }: Kinship): ReportedKinship {
  return { id: session.id, name: session.displayName, ...kinship }
}
