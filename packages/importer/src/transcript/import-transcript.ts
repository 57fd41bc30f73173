import type { Client } from "@strudel-agent/client/client"
import { wholeBranch } from "@strudel-agent/project-folder/transcript/parsed-transcript"
import { ImportProblem } from "../import-problem.ts"
import { toConversation } from "./conversation.ts"
import { nameOfBranch, nameOfConversation } from "./conversation-name.ts"
import type { ConversationOptions } from "./conversation-options.ts"
import { storeConversation } from "./store-conversation.ts"
import type { StoredConversations } from "./stored-conversations.ts"
import type { Transcript } from "./transcript.ts"
import { type BranchReport, leftOutInWords, type TranscriptReport } from "./transcript-report.ts"

export interface TranscriptOptions extends ConversationOptions {
  /** Whether the branches that the conversation left become sessions too. */
  branches: boolean
}

/**
 * Stores a transcript's conversation as a session, and of one that is stored already what it has grown by. Where an error ends
 * that early, the report tells how far it came. Rejects where the transcript has no messages and where nothing could be
 * done.
 */
export async function importTranscript(
  client: Client,
  stored: StoredConversations,
  { transcript, options }: { transcript: Transcript; options: TranscriptOptions },
): Promise<{ report: TranscriptReport; error?: unknown }> {
  const conversation = toConversation(transcript, { messages: transcript.messages })
  if (!conversation) throw new ImportProblem(noMessages(transcript))
  const called = nameOfConversation(transcript)
  const telling = { transcript, conversation, called, isBranch: false, others: new Set<string>() }
  const { report: own, error } = await storeConversation(client, stored, { telling, options })
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
  stored: StoredConversations,
  { transcript, options, report }: Branching,
): Promise<{ report: TranscriptReport; error?: unknown }> {
  const branchOptions = { ...options, session: { ...options.session, id: undefined, name: undefined } }
  const sessionIds: string[] = []
  for (const [index, branch] of transcript.branches.entries()) {
    const own: BranchReport | undefined = report.branches[index]
    const whole = toConversation(transcript, { messages: wholeBranch(transcript, branch), isBranch: true })
    if (!own || !whole) continue
    // What the server's limits do not let in has no index.
    const shared = whole.messages.filter(({ place }) => place <= branch.leavesAfter).length
    const from = branch.from === undefined ? report.session.id : sessionIds[branch.from]
    const telling = {
      transcript,
      conversation: whole,
      called: nameOfBranch(branch.firstWords, options.session.name ?? nameOfConversation(transcript)),
      isBranch: true,
      origin: shared > 0 && from !== undefined ? { session_id: from, message_index: shared - 1 } : undefined,
      others: new Set([report.session.id]),
    }
    const { report: branchReport, error } = await storeConversation(client, stored, { telling, options: branchOptions })
    sessionIds[index] = branchReport.session.id
    own.stored = branchReport
    report.interrupted ||= branchReport.interrupted
    if (error !== undefined) return { report, error }
    if (report.interrupted) break
  }
  return { report }
}
