import { type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http"
import type { Answer, Fetch } from "./fetch.ts"

/** Milliseconds for a connection to stand, and without a byte on one that does, as Node.js' own fetch waits. */
const longestConnecting = 10_000
const longestSilence = 300_000

const failed = (cause: unknown, signal: AbortSignal | null | undefined): unknown =>
  signal?.aborted ? signal.reason : new TypeError("fetch failed", { cause })

class NodeAnswer implements Answer {
  readonly status: number
  readonly url: string
  readonly redirected = false
  readonly headers: Answer["headers"]
  readonly #message: IncomingMessage
  readonly #signal: AbortSignal | null | undefined
  #body: Answer["body"] = null

  constructor(url: string, message: IncomingMessage, signal: AbortSignal | null | undefined) {
    this.url = url
    this.status = message.statusCode ?? 0
    this.#message = message
    this.#signal = signal
    this.headers = {
      get(name) {
        const value = message.headers[name.toLowerCase()]
        return Array.isArray(value) ? value.join(", ") : (value ?? null)
      },
    }
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300
  }

  async *#pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    try {
      // What is aborted drops what it has not given away, and ends as if that had been all.
      this.#signal?.throwIfAborted()
      for await (const piece of this.#message) yield piece
      this.#signal?.throwIfAborted()
    } catch (error) {
      throw failed(error, this.#signal)
    }
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const pieces = this.#pieces()
    this.#body ??= new ReadableStream({
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: () => void this.#message.destroy(),
    })
    return this.#body
  }

  async text(): Promise<string> {
    const decoder = new TextDecoder()
    let text = ""
    for await (const piece of this.#pieces()) text += decoder.decode(piece, { stream: true })
    return text + decoder.decode()
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text())
  }
}

/** The header fields of a request, which are given as a list or by their names. */
function fieldsOf(headers: RequestInit["headers"]): Record<string, string> {
  if (headers === undefined) return {}
  const fields = Symbol.iterator in headers ? [...headers] : Object.entries(headers)
  return Object.fromEntries(
    fields.flatMap(([name, value]) => (name && value !== undefined ? [[name, String(value)]] : [])),
  )
}

/**
 * Fetches over Node.js' own HTTP, which is there at once: the global fetch takes more time to load than a short program
 * takes for everything else. Connections are kept for the next call. Bodies are texts; an answer that redirects is given
 * as it is, so that a token goes to nobody else.
 */
export const nodeFetch: Fetch = async (input, { method = "GET", headers, body, signal } = {}) => {
  signal?.throwIfAborted()
  if (typeof body !== "string" && body !== undefined && body !== null) throw new TypeError("Only a text can be sent")
  const url = new URL(input)
  const request = url.protocol === "https:" ? (await import("node:https")).request : requestHttp
  const fields = { accept: "*/*", "user-agent": "node", ...fieldsOf(headers) }
  const options = { method, headers: fields, timeout: longestConnecting, ...(signal ? { signal } : {}) }
  return new Promise<Answer>((resolve, reject) => {
    let answer: IncomingMessage | undefined
    const sent: ClientRequest = request(url, options, (message) => {
      answer = message
      resolve(new NodeAnswer(url.href, message, signal))
    })
    // Begins when the connection stands.
    sent.setTimeout(longestSilence)
    const expire = () => {
      if (sent.socket?.connecting) return void sent.destroy(new Error("No connection within ten seconds"))
      // Where our own reader is the slow one, nothing more is waited for.
      const isWaiting = !answer || (!answer.complete && answer.readableLength === 0)
      if (!isWaiting) return void sent.socket?.setTimeout(longestSilence)
      const silence = new Error("Nothing came for five minutes")
      if (answer) answer.destroy(silence)
      else sent.destroy(silence)
    }
    // The request itself tells only of the first time.
    sent.once("socket", (socket) => {
      socket.on("timeout", expire)
      sent.once("close", () => socket.off("timeout", expire))
    })
    sent.on("error", (error) => reject(failed(error, signal)))
    sent.end(body ?? undefined)
  })
}
