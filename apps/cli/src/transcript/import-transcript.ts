import { extname } from "node:path"
import { limits } from "@strudel-agent/api/schema/limits"
import type { Client, Inputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { Failure } from "../failure.ts"
import type { Progress } from "../terminal/progress.ts"
import { compareWithStored } from "./compare-with-stored.ts"
import { inBatches, prepare, type SentMessage } from "./message-batches.ts"
import type { Transcript } from "./read-transcript.ts"
import { sessionIdOf } from "./session-identity.ts"
import { leftOutInWords, type TranscriptReport } from "./transcript-report.ts"

export type SessionOptions = Pick<
  Inputs["session"]["create"],
  "id" | "agentName" | "modelName" | "projectId" | "itemType" | "itemId" | "name"
> & { tags: string[] }

export interface TranscriptOptions {
  session: SessionOptions
  dryRun: boolean
  signal?: AbortSignal | undefined
  progress: Progress
}

async function findSession(client: Client, id: string) {
  try {
    return await client.session.byId.query({ id })
  } catch (error) {
    if (reasonOf(error) === "SESSION_NOT_FOUND") return undefined
    throw error
  }
}

/**
 * Stores a transcript as a session, and of one that is stored already what it has grown by. Where an error ends that
 * early, the report tells how far it came. Throws where the transcript has no messages, or is not the one that the session
 * was made of, and where nothing could be done.
 */
export async function importTranscript(
  client: Client,
  transcript: Transcript,
  options: TranscriptOptions,
): Promise<{ report: TranscriptReport; error?: unknown }> {
  const id = options.session.id ?? sessionIdOf(transcript, transcript.fileName)
  const name = nameFor(transcript, options.session)
  if (id === undefined || transcript.messages.length === 0) throw new Failure(noMessages(transcript))

  const { messages, left, dropped } = prepare(transcript.messages)
  const session = await findSession(client, id)
  const { fresh, different, known, others } = await compareWithStored(client, session, messages)
  const report: TranscriptReport = {
    session: { id, name: session?.displayName ?? name, created: !session },
    dryRun: options.dryRun,
    interrupted: false,
    counts: {
      messages: transcript.messages.length,
      appended: options.dryRun ? fresh.length : 0,
      alreadyThere: known,
      others,
    },
    failed: [...left, ...different].sort((a, b) => a.place - b.place),
    dropped,
    leftOut: transcript.leftOut,
    warnings: transcript.warnings,
  }
  if (options.dryRun) return { report }
  if (!session) await create(client, transcript, { ...options.session, id, name })
  try {
    await append(client, report, { fresh, options })
    // The talk is over: what was appended only makes it look as if somebody were there.
    if (!session) await client.session.setStatus.mutate({ id, status: "idle" })
    return { report }
  } catch (error) {
    return { report, error }
  }
}

function noMessages({ fileName, leftOut, warnings }: Transcript): string {
  const malformed = warnings.find(({ code }) => code === "line-malformed")
  const reason = leftOut.length > 0 ? ` Left out: ${leftOutInWords(leftOut)}.` : ""
  return `${fileName || "The input"} has no messages to show.${reason}${malformed ? ` ${malformed.message}.` : ""}`
}

/** What a transcript's session is called: as the user says, as the transcript says, or as its file. */
function nameFor({ title, fileName }: Transcript, options: SessionOptions): string {
  const name = options.name ?? title ?? fileName.slice(0, fileName.length - extname(fileName).length)
  const short = name
    .trim()
    .slice(0, limits.name)
    .replace(/\p{Surrogate}$/u, "")
    .trim()
  return short || "Imported session"
}

async function create(client: Client, transcript: Transcript, session: SessionOptions): Promise<void> {
  const { tags, ...rest } = session
  const { fileName, startedAt } = transcript
  const metadata = {
    ...(tags.length > 0 ? { tags } : {}),
    ...(fileName ? { imported_from: fileName } : {}),
    ...(startedAt === undefined ? {} : { started_at: startedAt }),
  }
  try {
    await client.session.create.mutate({ ...rest, metadata })
  } catch (error) {
    // Another import of the same transcript was faster; its messages count once all the same.
    if (reasonOf(error) !== "SESSION_EXISTS") throw error
  }
}

async function append(
  client: Client,
  report: TranscriptReport,
  { fresh, options }: { fresh: SentMessage[]; options: TranscriptOptions },
): Promise<void> {
  const { signal, progress } = options
  const { session, counts } = report
  for (const messages of inBatches(fresh)) {
    if (signal?.aborted) {
      report.interrupted = true
      return
    }
    progress.show(counts.appended, fresh.length, session.name)
    await client.message.append.mutate({ sessionId: session.id, messages })
    counts.appended += messages.length
  }
}
