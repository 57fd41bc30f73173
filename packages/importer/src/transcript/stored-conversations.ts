import type { Client, Outputs } from "@strudel-agent/client/client"
import { limits } from "@strudel-agent/contract/limits"
import { digestOf } from "./conversation.ts"

export type Session = Outputs["session"]["byId"]

interface Read {
  digests: string[]
  times: string[]
  clientIds: (string | null)[]
  hasMore: boolean
}

/** Messages of a first page: most conversations that begin alike part within them. */
const firstPage = 10

/** What sessions hold, read page by page only as far as it is asked for, and each page once. */
export class StoredConversations {
  readonly #client: Client
  readonly #read = new Map<string, Read>()

  constructor(client: Client) {
    this.#client = client
  }

  /** Forgets what was read of a session that has other messages since. */
  forget(sessionId: string): void {
    this.#read.delete(sessionId)
  }

  /** How many of its first messages a session has in common with a conversation of these digests, and whether it ends there. */
  async commonWith({ id }: Session, digests: string[]): Promise<{ common: number; ends: boolean }> {
    for (let index = 0; index < digests.length; index++) {
      const read = await this.#upTo(id, index)
      if (read.digests[index] !== digests[index]) return { common: index, ends: read.digests.length <= index }
    }
    return { common: digests.length, ends: (await this.#upTo(id, digests.length)).digests.length <= digests.length }
  }

  /** When a message was said; undefined where the session has none of that index. */
  async timeAt({ id }: Session, index: number): Promise<string | undefined> {
    return (await this.#upTo(id, index)).times[index]
  }

  /** The client ids and digests of all messages of a session, in their order. */
  async all({ id }: Session): Promise<{ clientId: string | null; digest: string }[]> {
    const { clientIds, digests } = await this.#upTo(id, Number.POSITIVE_INFINITY)
    return digests.map((digest, index) => ({ digest, clientId: clientIds[index] ?? null }))
  }

  async #upTo(sessionId: string, index: number): Promise<Read> {
    const read = this.#read.get(sessionId) ?? { digests: [], times: [], clientIds: [], hasMore: true }
    this.#read.set(sessionId, read)
    while (read.hasMore && read.digests.length <= index) {
      const page = await this.#page(sessionId, read.digests.length)
      for (const message of page.messages) {
        read.digests.push(digestOf(message))
        read.times.push(message.timestamp)
        read.clientIds.push(message.clientId)
      }
      read.hasMore = page.hasMore
    }
    return read
  }

  async #page(sessionId: string, from: number) {
    const { list } = this.#client.message
    if (from > 0) return list.query({ sessionId, after: from - 1, limit: limits.page.max })
    const first = await list.query({ sessionId, before: firstPage, limit: firstPage })
    if (!first.hasMore) return { messages: first.messages, hasMore: first.messages.length === firstPage }
    // A page that is read backwards and ends early, for its messages are large, lacks the first ones.
    return { messages: (await list.query({ sessionId, before: 1, limit: 1 })).messages, hasMore: true }
  }
}
