import type { Client } from "@strudel-agent/client/client"
import { wholeBranch } from "@strudel-agent/project-folder/parsed-transcript"
import { ImportProblem } from "../import-problem.ts"
import { storeTalk } from "./store-talk.ts"
import type { StoredTalks } from "./stored-talks.ts"
import { toTalk } from "./talk.ts"
import { nameOfBranch, nameOfTalk } from "./talk-name.ts"
import type { TalkOptions } from "./talk-options.ts"
import type { Transcript } from "./transcript.ts"
import { type BranchReport, leftOutInWords, type TranscriptReport } from "./transcript-report.ts"

export interface TranscriptOptions extends TalkOptions {
  /** Whether the branches that the talk left become sessions too. */
  branches: boolean
}

/**
 * Stores a transcript's talk as a session, and of one that is stored already what it has grown by. Where an error ends
 * that early, the report tells how far it came. Rejects where the transcript has no messages and where nothing could be
 * done.
 */
export async function importTranscript(
  client: Client,
  stored: StoredTalks,
  { transcript, options }: { transcript: Transcript; options: TranscriptOptions },
): Promise<{ report: TranscriptReport; error?: unknown }> {
  const talk = toTalk(transcript, { messages: transcript.messages })
  if (!talk) throw new ImportProblem(noMessages(transcript))
  const called = nameOfTalk(transcript)
  const telling = { transcript, talk, called, isBranch: false, others: new Set<string>() }
  const { report: own, error } = await storeTalk(client, stored, { telling, options })
  const report: TranscriptReport = {
    ...own,
    dryRun: options.dryRun,
    branches: transcript.branches.map(({ firstWords, leavesAfter, messages }) => ({
      firstWords,
      leavesAfter,
      messages: messages.length,
    })),
    leftOut: transcript.leftOut,
    warnings: transcript.warnings,
  }
  if (error !== undefined) return { report, error }
  if (own.interrupted || !options.branches) return { report }
  return storeBranches(client, stored, { transcript, options, report })
}

/** Why nothing of a transcript can be stored. */
function noMessages({ fileName, messages, leftOut, warnings }: Transcript): string {
  const file = fileName || "The input"
  if (messages.length > 0) return `${file} has no message that is small enough to be stored.`
  const malformed = warnings.find(({ code }) => code === "line-malformed")
  const reason = leftOut.length > 0 ? ` Left out: ${leftOutInWords(leftOut)}.` : ""
  return `${file} has no messages to show.${reason}${malformed ? ` ${malformed.message}.` : ""}`
}

interface Branching {
  transcript: Transcript
  options: TranscriptOptions
  report: TranscriptReport
}

/** Stores each branch as a fork of the session that it leaves. */
async function storeBranches(
  client: Client,
  stored: StoredTalks,
  { transcript, options, report }: Branching,
): Promise<{ report: TranscriptReport; error?: unknown }> {
  const branchOptions = { ...options, session: { ...options.session, id: undefined, name: undefined } }
  const sessionIds: string[] = []
  for (const [index, branch] of transcript.branches.entries()) {
    const own: BranchReport | undefined = report.branches[index]
    const whole = toTalk(transcript, { messages: wholeBranch(transcript, branch), isBranch: true })
    if (!own || !whole) continue
    // What the server's limits do not let in has no index.
    const shared = whole.messages.filter(({ place }) => place <= branch.leavesAfter).length
    const from = branch.from === undefined ? report.session.id : sessionIds[branch.from]
    const telling = {
      transcript,
      talk: whole,
      called: nameOfBranch(branch.firstWords, options.session.name ?? nameOfTalk(transcript)),
      isBranch: true,
      origin: shared > 0 && from !== undefined ? { session_id: from, message_index: shared - 1 } : undefined,
      others: new Set([report.session.id]),
    }
    const { report: branchReport, error } = await storeTalk(client, stored, { telling, options: branchOptions })
    sessionIds[index] = branchReport.session.id
    own.stored = branchReport
    report.interrupted ||= branchReport.interrupted
    if (error !== undefined) return { report, error }
    if (report.interrupted) break
  }
  return { report }
}
