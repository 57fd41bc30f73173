import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { withoutSecrets } from "@strudel-agent/model-provider/secrets"
import { z } from "zod"

/** What a provider answered to one question: the questions of a task are numbered from 0. */
const Recorded = z.object({
  task: z.string(),
  question: z.number().int(),
  status: z.number().int(),
  type: z.string(),
  body: z.string(),
})
export type Recorded = z.infer<typeof Recorded>

const RecordedLine = z
  .string()
  .transform((line, context): unknown => {
    try {
      return JSON.parse(line)
    } catch {
      context.addIssue({ code: "custom", message: "is no JSON" })
      return z.NEVER
    }
  })
  .pipe(Recorded)

/** Reads a recording, one answer a line; throws an error that names the line at fault. */
export const readRecording = (lines: string): Recorded[] =>
  lines.split("\n").flatMap((line, index) => {
    if (line === "") return []
    const read = RecordedLine.safeParse(line)
    if (read.success) return [read.data]
    throw new Error(`line ${index + 1} of the recording cannot be read: ${z.prettifyError(read.error)}`)
  })

export const writeRecording = (answers: Recorded[]): string =>
  answers.map((each) => `${JSON.stringify(each)}\n`).join("")

type Place = Pick<Recorded, "task" | "question">

interface Question {
  method: string
  /** Behind the provider's address. */
  path: string
  body: string
  authorization: string | undefined
}

type Ask = (question: Question, place: Place) => Promise<Recorded>

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ""
  for await (const chunk of request) body += String(chunk)
  return body
}

/** A door in front of a provider of OpenAI's interface that knows which task is asked about. */
async function openDoor(ask: Ask) {
  let place: Place = { task: "", question: 0 }
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const here = place
    place = { ...place, question: place.question + 1 }
    const question = {
      method: request.method ?? "GET",
      path: (request.url ?? "").replace(/^\/v1/, ""),
      body: await bodyOf(request),
      authorization: request.headers.authorization,
    }
    const { status, type, body } = await ask(question, here)
    response.writeHead(status, { "content-type": type }).end(body)
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error)
      response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ error: { message } }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/v1`,
    /** Says which task the next questions are of. */
    begin(task: string) {
      place = { task, question: 0 }
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Passes questions on to a provider at an address, and tells what it answers, without the key where it quotes that. */
export const startRecorder = (upstream: string, onAnswer: (answer: Recorded) => void) =>
  openDoor(async ({ method, path, body, authorization }, place) => {
    const response = await fetch(`${upstream}${path}`, {
      method,
      ...(body === "" ? {} : { body }),
      headers: { "content-type": "application/json", ...(authorization ? { authorization } : {}) },
    })
    const type = response.headers.get("content-type") ?? "application/json"
    const key = authorization?.replace(/^Bearer\s+/i, "")
    const said = withoutSecrets(await response.text(), key ? [key] : [])
    const answer = { ...place, status: response.status, type, body: said }
    onAnswer(answer)
    return answer
  })

/** Answers as a provider once did, without one; a question beyond that is refused. */
export const startReplay = (answers: Recorded[]) =>
  openDoor(async (_, { task, question }) => {
    const answer = answers.find((each) => each.task === task && each.question === question)
    if (!answer) throw new Error(`question ${question} of ${task} was never recorded`)
    return answer
  })
