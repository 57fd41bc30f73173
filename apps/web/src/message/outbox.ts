"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { useCallback, useEffect, useRef, useState } from "react"
import { api } from "../api/trpc.ts"
import { words } from "../words/reasons.ts"
import { makeClientId } from "./client-id.ts"
import { readStored, writeStored } from "./stored-text.ts"

export type WrittenRole = "user" | "note"

/** A message on its way to the server. */
export interface Outgoing {
  /** The same for every try, so that the message counts once. */
  clientId: string
  role: WrittenRole
  content: string
  /** Why it is not there yet; undefined while it is sent. */
  failure?: string
  /** Whether the server never answered: it may well be stored. */
  unsure?: boolean
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null

const isRole = (value: unknown): value is WrittenRole => value === "user" || value === "note"

/** What was not sent when this page was last left. */
function readOutbox(key: string): Outgoing[] {
  try {
    const stored: unknown = JSON.parse(readStored(key) ?? "[]")
    if (!Array.isArray(stored)) return []
    return stored.flatMap((each: unknown): Outgoing[] => {
      if (!isRecord(each)) return []
      const { clientId, role, content, failure, unsure } = each
      if (typeof clientId !== "string" || !isRole(role) || typeof content !== "string") return []
      // Without an answer it is sent once more: the server counts it once.
      if (typeof failure !== "string" || unsure === true) return [{ clientId, role, content }]
      return [{ clientId, role, content, failure }]
    })
  } catch {
    return []
  }
}

/**
 * Messages that are being sent, one after the other, and those that could not be: they stay, over a reload too, until
 * they are sent or taken back. `onStored` is awaited before a message leaves the outbox.
 */
export function useOutbox(sessionId: string, onStored: () => Promise<unknown>) {
  const { client } = api.useUtils()
  const key = `outbox ${sessionId}`
  const [items, setItems] = useState<Outgoing[]>([])
  const queue = useRef(Promise.resolve())
  const stored = useRef(onStored)
  useEffect(() => {
    stored.current = onStored
  })

  const current = useRef(items)
  const change = useCallback(
    (next: (items: Outgoing[]) => Outgoing[]) => {
      current.current = next(current.current)
      writeStored(key, current.current.length > 0 ? JSON.stringify(current.current) : "")
      setItems(current.current)
    },
    [key],
  )
  const drop = useCallback(
    (clientId: string) => change((items) => items.filter((item) => item.clientId !== clientId)),
    [change],
  )

  const deliver = useCallback(
    ({ clientId, role, content }: Outgoing) => {
      queue.current = queue.current.then(async () => {
        try {
          await client.message.append.mutate({ sessionId, messages: [{ clientId, role, content }] })
          // The message is there: where it cannot be read at once, it comes with the others.
          await stored.current().catch(() => {})
          drop(clientId)
        } catch (error) {
          const reason = reasonOf(error)
          const failed = {
            failure: words[reason ?? "INTERNAL"],
            unsure: reason === undefined || reason === "UNREACHABLE",
          }
          change((items) => items.map((item) => (item.clientId === clientId ? { ...item, ...failed } : item)))
        }
      })
    },
    [client, sessionId, change, drop],
  )

  useEffect(() => {
    current.current = readOutbox(key)
    setItems(current.current)
    for (const item of current.current) if (item.failure === undefined) deliver(item)
  }, [key, deliver])

  /** Drops what turns out to be stored, though its answer was lost. */
  const settle = useCallback(
    (stored: ReadonlySet<string | null>) => {
      if (current.current.some(({ clientId }) => stored.has(clientId)))
        change((items) => items.filter(({ clientId }) => !stored.has(clientId)))
    },
    [change],
  )

  const send = useCallback(
    (role: WrittenRole, content: string) => {
      const item: Outgoing = { clientId: makeClientId(), role, content }
      change((items) => [...items, item])
      deliver(item)
    },
    [change, deliver],
  )

  const retry = useCallback(
    ({ clientId, role, content }: Outgoing) => {
      const item: Outgoing = { clientId, role, content }
      change((items) => items.map((each) => (each.clientId === clientId ? item : each)))
      deliver(item)
    },
    [change, deliver],
  )

  return { items, send, retry, drop, settle }
}

export type Outbox = ReturnType<typeof useOutbox>
