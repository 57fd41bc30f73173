import type { Client } from "@strudel-agent/client/client"
import { endsAll } from "../import-problem.ts"
import { importTranscript, type TranscriptOptions } from "./import-transcript.ts"
import { StoredTalks } from "./stored-talks.ts"
import type { Transcript } from "./transcript.ts"
import type { TranscriptReport } from "./transcript-report.ts"

/** A talk of a file that could not be stored, or not as a whole. */
export interface FailedTalk {
  name: string
  error: unknown
}

export interface TalksReport {
  talks: TranscriptReport[]
  failed: FailedTalk[]
  /** Talks without a message. */
  empty: number
  interrupted: boolean
  /** Why no further talk was tried. */
  error?: unknown
}

/** Stores the talks of a file one after the other; one that fails does not keep the others from being stored. */
export async function importFile(
  client: Client,
  transcripts: Transcript[],
  options: TranscriptOptions,
): Promise<TalksReport> {
  const stored = new StoredTalks(client)
  const file: TalksReport = { talks: [], failed: [], empty: 0, interrupted: false }
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
  file: TalksReport,
  client: Client,
  { stored, ...each }: { stored: StoredTalks; transcript: Transcript; options: TranscriptOptions },
): Promise<unknown> {
  try {
    const { report, error } = await importTranscript(client, stored, each)
    file.talks.push(report)
    file.interrupted ||= report.interrupted
    return error
  } catch (error) {
    return error
  }
}
