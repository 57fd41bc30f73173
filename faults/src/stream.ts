import { Agent, type ClientRequest, get } from "node:http"

/** Streams that one address of the loopback opens: fewer than the server gives to one. */
const perAddress = 100

export interface Stream {
  request: ClientRequest
  /** Resolves when the server has begun to answer. */
  opened: Promise<void>
}

/**
 * Opens a stream of live events from one of the loopback's addresses, by its number; hears of every message that comes,
 * or, without a hearer, never reads.
 */
export function openStream(
  url: string,
  number: number,
  { input, onText }: { input: unknown; onText?: (content: string) => void },
): Stream {
  const target = `${url}/trpc/live.watch?input=${encodeURIComponent(JSON.stringify(input))}`
  const localAddress = `127.0.0.${2 + Math.floor(number / perAddress)}`
  const request = get(target, { agent: new Agent(), localAddress })
  request.on("error", () => {})
  const opened = new Promise<void>((resolve, reject) => {
    request.once("error", reject)
    request.once("response", (response) => {
      response.on("error", () => {})
      if (response.statusCode !== 200) return reject(new Error(`a stream was answered ${response.statusCode}`))
      resolve()
      if (!onText) return response.pause()
      let rest = ""
      response.setEncoding("utf8").on("data", (part: string) => {
        rest += part
        for (let end = rest.indexOf("\n\n"); end !== -1; end = rest.indexOf("\n\n")) {
          for (const text of contentsOf(rest.slice(0, end))) onText(text)
          rest = rest.slice(end + 2)
        }
      })
    })
  })
  return { request, opened }
}

/** The contents of the messages in an event. */
function contentsOf(event: string): string[] {
  const data = /^data: (.*)$/m.exec(event)?.[1]
  if (!data?.includes('"type":"messages"')) return []
  const { messages }: { messages: { content: string }[] } = JSON.parse(data)
  return messages.map(({ content }) => content)
}
