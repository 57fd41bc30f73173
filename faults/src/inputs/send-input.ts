import { Agent, type IncomingMessage, request } from "node:http"
import type { InputRequest } from "./input-request.ts"

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

/** Milliseconds after which a request counts as never answered. */
const longest = 60_000

/** Whether an answer goes on for as long as somebody listens: a stream of another door than that for agents. */
const isEndless = (path: string, { headers }: IncomingMessage): boolean =>
  !path.startsWith("/mcp") && headers["content-type"]?.startsWith("text/event-stream") === true

/**
 * Sends a request and resolves to the status and the text of its answer; of a stream without an end to its status alone.
 * The status is 0 where the server closed the connection, as it may on a body that it refuses before its end.
 */
export function sendInput(
  url: string,
  { method, path, headers, body }: InputRequest,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const sent = request(url + path, { agent, method, headers, timeout: longest }, (response) => {
      const status = response.statusCode ?? 0
      if (isEndless(path, response)) {
        resolve({ status, text: "" })
        return sent.destroy()
      }
      let text = ""
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part
      })
      response.on("error", () => resolve({ status: 0, text: "the answer was cut" }))
      response.on("end", () => resolve({ status, text }))
    })
    sent.once("timeout", () => {
      resolve({ status: 0, text: "never answered" })
      sent.destroy()
    })
    sent.once("error", (error) => resolve({ status: 0, text: error.message }))
    sent.end(body)
  })
}
