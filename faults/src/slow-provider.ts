import { createServer, type ServerResponse } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import { z } from "zod"

const Question = z.object({ messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })) })

/** Pieces of an answer, and milliseconds between two of them. */
const pieces = { count: 20, pause: 60 }

/** What a question asks to be saved: "save the clip NAME in PROJECT". */
const wish = /save the clip (\S+) in (\S+)/

const textOf = (content: unknown): string => (typeof content === "string" ? content : JSON.stringify(content))

/** The last thing that a person asked for, and whether a tool has answered since. */
function read(body: string) {
  const { messages } = Question.parse(JSON.parse(body))
  const asked = messages.findLastIndex(({ role, content }) => role === "user" && wish.test(textOf(content)))
  const [, clip = "", project = ""] = wish.exec(textOf(messages[asked]?.content)) ?? []
  return { clip, project, isSaved: messages.slice(asked + 1).some(({ role }) => role === "tool") }
}

/** A provider of OpenAI's interface that writes slowly, saves the clip that it is asked for, and writes on. */
export async function startSlowProvider() {
  async function answer(body: string, response: ServerResponse): Promise<void> {
    const { clip, project, isSaved } = read(body)
    const write = (delta: object, finish: string | null = null) =>
      response.write(`data: ${JSON.stringify({ id: "x", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`)
    response.writeHead(200, { "content-type": "text/event-stream" })
    for (let i = 0; i < pieces.count && !response.destroyed; i++) {
      write({ role: "assistant", content: `${isSaved ? "after" : "before"} ${i}. ` })
      await sleep(pieces.pause)
    }
    if (response.destroyed) return
    if (!isSaved) {
      const input = JSON.stringify({ project, id: clip, code: 's("bd*4")' })
      const call = { index: 0, id: `call-${clip}`, type: "function", function: { name: "save_clip", arguments: input } }
      write({ tool_calls: [call] })
    }
    write({}, isSaved ? "stop" : "tool_calls")
    const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 }
    response.end(`data: ${JSON.stringify({ id: "x", choices: [], usage })}\n\ndata: [DONE]\n\n`)
  }
  const server = createServer((request, response) => {
    let body = ""
    request.setEncoding("utf8").on("data", (part: string) => {
      body += part
    })
    request.on("end", () => void answer(body, response).catch(() => response.destroy()))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/v1`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
