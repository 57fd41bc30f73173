import { randomUUID } from "node:crypto"
import autocannon from "autocannon"

/** Requests that are sent at once. */
export const connections = 8

/** Requests a second that an address answers, read from it for so many seconds. */
export const readRate = (url: string, seconds: number): Promise<number> => rate({ url }, seconds)

const content = "Make the kick punchier and add a filter sweep, please. ".repeat(4)

const appendBody = (messages: number): string =>
  JSON.stringify({
    messages: Array.from({ length: messages }, () => ({
      role: "user",
      content,
      timestamp: "2026-01-01T00:00:00.000Z",
      client_id: randomUUID(),
    })),
  })

/** Appends a second of so many messages that a server stores, each connection in a session of its own. */
export function appendRate(
  url: string,
  { sessions, messages }: { sessions: string[]; messages: number },
  seconds: number,
): Promise<number> {
  let next = 0
  const options: autocannon.Options = {
    url,
    setupClient(client) {
      const path = `/api/messages/${sessions[next++ % sessions.length]}`
      const headers = { "content-type": "application/json" }
      client.setRequests([
        { method: "POST", path, headers, setupRequest: (request) => ({ ...request, body: appendBody(messages) }) },
      ])
    },
  }
  return rate(options, seconds)
}

async function rate(options: autocannon.Options, seconds: number): Promise<number> {
  const result = await autocannon({ ...options, connections, duration: seconds })
  const failed = result.non2xx + result.errors
  if (failed > 0) throw new Error(`${options.url} failed ${failed} times`)
  return result.requests.total / result.duration
}
