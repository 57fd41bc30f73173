import { randomUUID } from "node:crypto"
import { createClient } from "@strudel-agent/client/client"

const messages = 10_000
/** Messages of one call, as an import sends them. */
const ofCall = 500

const contentOf = (index: number): string => `Message ${index}: ${"make the kick punchier. ".repeat(8)}`
const timestamp = "2026-01-01T00:00:00.000Z"

/** Calls that store all messages one call after the other; answers messages a second. */
async function timeCalls(call: (from: number) => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  for (let from = 0; from < messages; from += ofCall) await call(from)
  return messages / ((performance.now() - begun) / 1000)
}

const places = (from: number) => Array.from({ length: ofCall }, (_, place) => from + place)

/** Messages a second that the client stores of a talk that was held before, exactly once. */
export async function clientImportRate(url: string): Promise<number> {
  const client = createClient({ url })
  const { id: sessionId } = await client.session.create.mutate({ createdAt: timestamp })
  return timeCalls((from) =>
    client.message.append.mutate({
      sessionId,
      history: { firstIndex: from },
      messages: places(from).map((index) => ({
        role: "user" as const,
        content: contentOf(index),
        timestamp,
        clientId: randomUUID(),
      })),
    }),
  )
}

/** Messages a second that a multi-row INSERT of the same calls stores. */
export function peerImportRate(url: string, sessionId: string): Promise<number> {
  const headers = { "content-type": "application/json" }
  return timeCalls(async (from) => {
    const sent = places(from).map((index) => ({
      role: "user",
      content: contentOf(index),
      timestamp,
      client_id: randomUUID(),
    }))
    const body = JSON.stringify({ messages: sent })
    const response = await fetch(`${url}/api/messages/${sessionId}`, { method: "POST", headers, body })
    if (!response.ok) throw new Error(`the peer answered ${response.status}`)
    await response.text()
  })
}
