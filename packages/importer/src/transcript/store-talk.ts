import type { Client } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { type Place, placeTalk } from "./place-talk.ts"
import type { StoredTalks } from "./stored-talks.ts"
import type { TalkOptions, Telling } from "./talk-options.ts"
import { timesOf } from "./talk-times.ts"
import type { ReportedKinship, StoredReport } from "./transcript-report.ts"
import type { Kinship } from "./whose-talk.ts"
import { writeTalk } from "./write-talk.ts"

/** Times that a talk is looked for because somebody else wrote to its session meanwhile. */
const tries = 5

/** What another import or a person can cause between the moment at which a talk is looked for and that of storing it. */
const isOvertaken = (error: unknown): boolean => {
  const reason = reasonOf(error)
  return reason === "SESSION_EXISTS" || reason === "SESSION_CHANGED"
}

/**
 * Stores a talk as the session that it is, or what it has grown by. Where an error ends that early, the report tells how
 * far it came; rejects where nothing could be done.
 */
export async function storeTalk(
  client: Client,
  stored: StoredTalks,
  { telling, options }: { telling: Telling; options: TalkOptions },
): Promise<{ report: StoredReport; error?: unknown }> {
  for (let attempt = 1; ; attempt++) {
    const place = await placeTalk(client, stored, { ...telling, id: options.session.id })
    const report = reportOf(place, telling, options)
    if (options.dryRun) return { report }
    try {
      await writeTalk(client, report, { place, telling, options })
      return { report }
    } catch (error) {
      if (!isOvertaken(error) || attempt >= tries) return { report, error }
    } finally {
      for (const id of [place.id, ...place.forks.map(({ session }) => session.id)]) stored.forget(id)
    }
  }
}

function reportOf(place: Place, { talk, called, transcript }: Telling, options: TalkOptions): StoredReport {
  const { session, id, fresh, known, others, different, moved, kinship, forks } = place
  return {
    session: { id, name: session?.displayName ?? options.session.name ?? called, created: !session },
    interrupted: false,
    counts: {
      messages: talk.messages.length + talk.left.length,
      appended: options.dryRun ? fresh.length : 0,
      alreadyThere: known,
      others,
    },
    times: timesOf(transcript, talk.messages, options.fileTime).from,
    failed: [...talk.left, ...different].sort((one, other) => one.place - other.place),
    dropped: talk.dropped,
    moved,
    ...(kinship ? { kinship: reported(kinship) } : {}),
    forks: forks.map(({ session, messageIndex }) => ({ id: session.id, name: session.displayName, messageIndex })),
  }
}

function reported({ session, ...kinship }: Kinship): ReportedKinship {
  return { id: session.id, name: session.displayName, ...kinship }
}
