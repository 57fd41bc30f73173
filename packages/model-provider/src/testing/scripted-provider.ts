import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import { anthropicWire } from "./anthropic-wire.ts"
import { googleWire } from "./google-wire.ts"
import { dialects, openAiWire } from "./openai-wire.ts"
import { type Asked, type Knock, Refused, type ScriptedAnswer, type Wire } from "./wire.ts"

export type { Asked, ScriptedAnswer } from "./wire.ts"

interface Options {
  /** The key that it asks for. */
  key?: string
  /** What its list of models says. */
  models?: unknown
  /** Whose way of OpenAI's interface it speaks. */
  dialect?: keyof typeof dialects
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ""
  for await (const chunk of request) body += String(chunk)
  return body
}

function send(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body)
}

/** Sends without an end, until it is left. */
async function sendOn(response: ServerResponse, event: string | undefined, pause: number): Promise<void> {
  while (event !== undefined && !response.destroyed) {
    response.write(event)
    await sleep(pause)
  }
}

async function stream(response: ServerResponse, wire: Wire, answer: ScriptedAnswer, number: number): Promise<void> {
  const { pause = 0, ends } = answer
  const { begin, pieces, end } = wire.events(answer, number)
  response.writeHead(200, { "content-type": "text/event-stream" })
  response.flushHeaders()
  for (const event of begin) response.write(event)
  for (const event of pieces) {
    if (pause > 0) await sleep(pause)
    if (response.destroyed) return
    response.write(event)
  }
  if (ends === "silent") return
  if (ends === "malformed") return void response.end(wire.malformed)
  if (ends === "overloaded") return void response.end(wire.overloaded)
  if (ends === "cut") return void setImmediate(() => response.socket?.destroy())
  if (ends === "endless") return sendOn(response, wire.more("and on and on ".repeat(500)), 1)
  if (ends === "endless-call") return sendOn(response, wire.moreOfCall(" ".repeat(50)), 20)
  response.end(end.join(""))
}

/**
 * A provider on a free port that speaks the interfaces of OpenAI, Anthropic and Google over HTTP, refuses what they would
 * refuse, and does what a script says, answer for answer.
 */
export async function startScriptedProvider(
  script: ScriptedAnswer[] = [],
  { key, models, dialect = "openai" }: Options = {},
) {
  const asked: Asked[] = []
  const answers = [...script]
  const wires = [openAiWire(dialects[dialect]), anthropicWire, googleWire]
  let open = 0

  const answerQuestion = async (request: IncomingMessage, response: ServerResponse, wire: Wire, knock: Knock) => {
    const said = await bodyOf(request)
    const question = wire.read(JSON.parse(said), knock)
    const number = asked.push({ ...question, said, key: wire.keyOf(request.headers) })
    const answer = answers.shift() ?? { text: ["Done."] }
    if (answer.status !== undefined) {
      const usual = wire.refusal(answer.status, `Status ${answer.status}`)
      return send(response, usual.status, answer.body ?? JSON.stringify(usual.body), answer.headers)
    }
    if (question.stream) return await stream(response, wire, answer, number)
    send(response, 200, JSON.stringify(wire.whole(answer, number)))
  }

  const server = createServer((request, response) => {
    open++
    response.once("close", () => open--)
    const knock: Knock = { path: request.url ?? "", headers: request.headers }
    const wire = wires.find((each) => each.wantOf(knock) !== undefined)
    if (!wire) return send(response, 404, "{}")
    const refuse = (code: number, words: string) => {
      const { status, body } = wire.refusal(code, words)
      send(response, status, JSON.stringify(body))
    }
    const given = wire.keyOf(request.headers)
    if (key !== undefined && given !== key) return refuse(401, `Incorrect API key provided: ${given ?? "none"}`)
    if (wire.wantOf(knock) === "models") return send(response, 200, JSON.stringify(models ?? wire.models))
    answerQuestion(request, response, wire, knock).catch((error: unknown) => {
      if (error instanceof Refused) refuse(400, error.message)
      else response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return {
    /** The address of its interfaces, and Google's of its own. */
    url: `http://127.0.0.1:${port}/v1`,
    googleUrl: `http://127.0.0.1:${port}/v1beta`,
    /** The questions so far. */
    asked,
    /** Says what comes next. */
    script: (...more: ScriptedAnswer[]) => void answers.push(...more),
    /** Answers that are under way. */
    open: () => open,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
export type ScriptedProvider = Awaited<ReturnType<typeof startScriptedProvider>>
