import { Readable } from "node:stream"
import { ApiError } from "@strudel-agent/api/errors"
import { limits } from "@strudel-agent/contract/limits"
import type { Message } from "@strudel-agent/contract/message"
import type { Session } from "@strudel-agent/contract/session"
import {
  type PrintableMessage,
  type TranscriptFormat,
  transcriptPrinters,
} from "@strudel-agent/project-folder/transcript/print"
import type { FastifyInstance, FastifyRequest } from "fastify"
import { refuse } from "./refusal.ts"
import type { Caller, CallerFor } from "./rest/rest-app.ts"

const fileName = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(md|json|jsonl)$/i

const isFormat = (text: string | undefined): text is TranscriptFormat =>
  text !== undefined && Object.hasOwn(transcriptPrinters, text)

/** Characters of a file's name before its ending. */
const longestName = 80

/** What a session's file is called, as a header says it: letters and digits alone for programs that read no more. */
function dispositionOf({ displayName, id }: Session, format: TranscriptFormat): string {
  const named = (text: string) => `${text.replace(/^-+|-+$/g, "").slice(0, longestName) || id}.${format}`
  const ascii = named(displayName.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-"))
  const full = named(displayName.toWellFormed().replace(/[^\p{L}\p{N}\p{M}]+/gu, "-")).toWellFormed()
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(full)}`
}

/** Prints a session a page at a time; what is said in the meantime is not in it. */
async function* printSession(caller: Caller, session: Session, format: TranscriptFormat): AsyncGenerator<string> {
  const printer = transcriptPrinters[format]
  yield printer.start({
    title: session.displayName,
    session_id: session.id,
    agent_name: session.agentName,
    model_name: session.modelName,
    project_id: session.projectId,
    created_at: session.createdAt,
    message_count: session.messageCount,
  })
  const { id: sessionId, messageCount } = session
  for (let last = -1; last < messageCount - 1; ) {
    // Nothing lies after "no message" in a key: the first message comes by itself.
    const range = last < 0 ? { before: 1 } : { after: last, before: messageCount }
    const { messages } = await caller.message.list({ sessionId, limit: limits.page.max, ...range })
    for (const message of messages) yield printer.message(toPrintable(message), message.messageIndex)
    const end = messages.at(-1)
    if (!end) throw new Error(`Message ${last + 1} of ${messageCount} is not there.`)
    last = end.messageIndex
  }
  yield printer.end()
}

const toPrintable = ({ role, content, timestamp, context, codeChanges, clientId }: Message): PrintableMessage => ({
  role,
  content,
  timestamp,
  context,
  code_changes: codeChanges,
  ...(clientId === null ? {} : { client_id: clientId }),
})

/** Puts small pieces together, so that a message does not cost a write each; in characters. */
const pieceLength = 64 * 1024

async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = ""
  for await (const text of texts) {
    piece += text
    if (piece.length < pieceLength) continue
    yield piece
    piece = ""
  }
  if (piece !== "") yield piece
}

function refusalOf(error: unknown, request: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error
  request.log.error({ err: error }, "an export failed")
  return new ApiError("INTERNAL", undefined, { cause: error })
}

/**
 * Answers GET /export/sessions/<id>.md, .json and .jsonl with the whole transcript as a file. It is read as fast as it
 * is taken, a page at a time; a failure on the way cuts the download off, so that no part of one passes for the whole.
 */
export function registerTranscriptExport(app: FastifyInstance, callerFor: CallerFor): void {
  // A HEAD of its own would read the whole transcript for nobody.
  const route = { exposeHeadRoute: false }
  app.get<{ Params: { file: string } }>("/export/sessions/:file", route, async (request, reply) => {
    const [, id, format] = fileName.exec(request.params.file) ?? []
    if (id === undefined || !isFormat(format)) return refuse(request, reply, new ApiError("PATH_NOT_FOUND"))
    try {
      const caller = callerFor(request)
      const session = await caller.session.byId({ id })
      const stream = Readable.from(inPieces(printSession(caller, session, format)))
      reply.header("content-disposition", dispositionOf(session, format))
      reply.header("cache-control", "no-store")
      return reply.type(transcriptPrinters[format].contentType).send(stream)
    } catch (error) {
      return refuse(request, reply, refusalOf(error, request))
    }
  })
}
