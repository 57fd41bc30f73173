import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import { z } from "zod"

/** What the provider does when it is asked once. */
export interface ScriptedAnswer {
  /** Pieces of text and of reasoning, and tools that are called, in this order. */
  reasoning?: string[]
  text?: string[]
  calls?: { name: string; input: unknown }[]
  /** Tokens that it says it counted. */
  usage?: { prompt: number; cached?: number; completion: number }
  /** Milliseconds before each piece. */
  pause?: number
  /** Another status than 200, with its headers and body. */
  status?: number
  headers?: Record<string, string>
  body?: string
  /** How the answer ends where it does not end well. */
  ends?: "cut" | "malformed" | "endless" | "endless-call" | "silent" | "length"
}

const Question = z.object({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }) })).default([]),
  stream: z.boolean().default(false),
})

/** A question as it came. */
export type Asked = z.infer<typeof Question> & {
  /** Everything that was said, as JSON. */
  said: string
  authorization: string | undefined
}

interface Options {
  /** The key that it asks for. */
  key?: string
  /** What its list of models says. */
  models?: unknown
}

const usualModels = {
  object: "list",
  data: [
    { id: "scripted", object: "model" },
    { id: "other", object: "model" },
  ],
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ""
  for await (const chunk of request) body += String(chunk)
  return body
}

const usageOf = ({ usage = { prompt: 100, completion: 10 } }: ScriptedAnswer) => ({
  prompt_tokens: usage.prompt,
  completion_tokens: usage.completion,
  total_tokens: usage.prompt + usage.completion,
  prompt_tokens_details: { cached_tokens: usage.cached ?? 0 },
})

const toolCalls = (answer: ScriptedAnswer, asked: number) =>
  (answer.calls ?? []).map(({ name, input }, index) => ({
    index,
    id: `call_${asked}_${index}`,
    type: "function",
    function: { name, arguments: typeof input === "string" ? input : JSON.stringify(input) },
  }))

async function stream(response: ServerResponse, answer: ScriptedAnswer, asked: number): Promise<void> {
  const { reasoning = [], text = [], pause = 0, ends } = answer
  const write = (event: unknown) => response.write(`data: ${JSON.stringify(event)}\n\n`)
  const piece = (delta: object, finish: string | null = null) =>
    write({
      id: `answer-${asked}`,
      object: "chat.completion.chunk",
      choices: [{ index: 0, delta, finish_reason: finish }],
    })
  response.writeHead(200, { "content-type": "text/event-stream" })
  response.flushHeaders()
  const calls = toolCalls(answer, asked)
  const pieces = [
    ...reasoning.map((each) => ({ reasoning_content: each })),
    ...text.map((each) => ({ content: each })),
    ...calls.map((call) => ({ tool_calls: [call] })),
  ]
  for (const delta of pieces) {
    if (pause > 0) await sleep(pause)
    if (response.destroyed) return
    piece({ role: "assistant", ...delta })
  }
  if (ends === "silent") return
  if (ends === "malformed") return void response.end('data: {"choices": [{"delta"\n\n')
  if (ends === "cut") return void setImmediate(() => response.socket?.destroy())
  while (ends === "endless" && !response.destroyed) {
    piece({ content: "and on and on ".repeat(500) })
    await sleep(1)
  }
  const part = {
    index: 0,
    id: `call_${asked}`,
    type: "function",
    function: { name: "list", arguments: " ".repeat(50) },
  }
  while (ends === "endless-call" && !response.destroyed) {
    piece({ tool_calls: [part] })
    await sleep(20)
  }
  if (ends === "length") piece({}, "length")
  else piece({}, calls.length > 0 ? "tool_calls" : "stop")
  write({ id: `answer-${asked}`, object: "chat.completion.chunk", choices: [], usage: usageOf(answer) })
  response.end("data: [DONE]\n\n")
}

/** A provider that speaks OpenAI's interface over HTTP on a free port and does what a script says, answer for answer. */
export async function startScriptedProvider(
  script: ScriptedAnswer[] = [],
  { key, models = usualModels }: Options = {},
) {
  const asked: Asked[] = []
  const answers = [...script]
  let open = 0

  const answerQuestion = async (request: IncomingMessage, response: ServerResponse) => {
    const said = await bodyOf(request)
    const question = Question.parse(JSON.parse(said))
    const number = asked.push({ ...question, said, authorization: request.headers.authorization })
    const answer = answers.shift() ?? { text: ["Done."] }
    const { status = 200, headers = {}, body = JSON.stringify({ error: { message: `Status ${status}` } }) } = answer
    if (status !== 200)
      return void response.writeHead(status, { "content-type": "application/json", ...headers }).end(body)
    if (question.stream) return await stream(response, answer, number)
    const message = { role: "assistant", content: (answer.text ?? []).join("") }
    const choices = [{ index: 0, message, finish_reason: "stop" }]
    response.writeHead(200, { "content-type": "application/json" })
    response.end(JSON.stringify({ id: `answer-${number}`, choices, usage: usageOf(answer) }))
  }

  const server = createServer((request, response) => {
    open++
    response.once("close", () => open--)
    if (key !== undefined && request.headers.authorization !== `Bearer ${key}`) {
      const given = request.headers.authorization ?? "none"
      response.writeHead(401, { "content-type": "application/json" })
      response.end(JSON.stringify({ error: { message: `Incorrect API key provided: ${given}` } }))
    } else if (request.url === "/v1/models") {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(models))
    } else if (request.url === "/v1/chat/completions") {
      answerQuestion(request, response).catch(() => response.destroy())
    } else response.writeHead(404, { "content-type": "application/json" }).end("{}")
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/v1`,
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
