import { Agent, request } from "node:http"
import type { InputRequest } from "./input-request.ts"

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

/** Milliseconds after which a request counts as never answered. */
const longest = 60_000

/**
 * Sends a request and resolves to the status and the beginning of its answer; of a stream to its status alone. The
 * status is 0 where the server closed the connection, as it may on a body that it refuses before its end.
 */
export function sendInput(
  url: string,
  { method, path, headers, body }: InputRequest,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const sent = request(url + path, { agent, method, headers, timeout: longest }, (response) => {
      const status = response.statusCode ?? 0
      if (response.headers["content-type"]?.startsWith("text/event-stream")) {
        resolve({ status, text: "" })
        return sent.destroy()
      }
      let text = ""
      response.on("data", (part: Buffer) => {
        if (text.length < 400) text += part.toString()
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
