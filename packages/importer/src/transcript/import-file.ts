import type { Client } from "@strudel-agent/client/client"
import { endsAll } from "../import-problem.ts"
import { importTranscript, type TranscriptOptions } from "./import-transcript.ts"
import { StoredConversations } from "./stored-conversations.ts"
import type { Transcript } from "./transcript.ts"
import type { TranscriptReport } from "./transcript-report.ts"

/** A conversation of a file that could not be stored, or not as a whole. */
export interface FailedConversation {
  name: string
  error: unknown
}

export interface ConversationsReport {
  conversations: TranscriptReport[]
  failed: FailedConversation[]
  /** Conversations without a message. */
  empty: number
  interrupted: boolean
  /** Why no further conversation was tried. */
  error?: unknown
}

/** Stores the conversations of a file one after the other; one that fails does not keep the others from being stored. */
export async function importFile(
  client: Client,
  transcripts: Transcript[],
  options: TranscriptOptions,
): Promise<ConversationsReport> {
  const stored = new StoredConversations(client)
  const file: ConversationsReport = { conversations: [], failed: [], empty: 0, interrupted: false }
  for (const transcript of transcripts) {
    if (transcripts.length > 1 && transcript.messages.length === 0) {
      file.empty++
      continue
    }
    file.interrupted ||= options.signal?.aborted === true
    if (file.interrupted) break
    const error = await importInto(file, client, { stored, transcript, options })
    if (error === undefined) continue
    if (endsAll(error) || transcripts.length === 1) return { ...file, error }
    file.failed.push({ name: transcript.title ?? transcript.firstWords ?? transcript.fileName, error })
  }
  return file
}

async function importInto(
  file: ConversationsReport,
  client: Client,
  { stored, ...each }: { stored: StoredConversations; transcript: Transcript; options: TranscriptOptions },
): Promise<unknown> {
  try {
    const { report, error } = await importTranscript(client, stored, each)
    file.conversations.push(report)
    file.interrupted ||= report.interrupted
    return error
  } catch (error) {
    return error
  }
}
