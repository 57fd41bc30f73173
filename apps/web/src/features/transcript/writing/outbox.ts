"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { useCallback, useEffect, useRef, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { makeClientId } from "#shared/browser/client-id.ts"
import {
  keepOutbox,
  type Outgoing,
  onSettledElsewhere,
  readOutbox,
  type Written,
} from "#shared/transcript/outbox-store.ts"
import { isPassing, useSaveAgain } from "#shared/versioned-draft/use-save-again.ts"
import { inSeries } from "#shared/versioned-draft/write-queue.ts"
import { wordsOf } from "#shared/words/reasons.ts"

/**
 * Messages that are being sent, one after the other, and those that could not be: they stay, over a reload too, until
 * they are sent or taken back. `onStored` is awaited before a message leaves the outbox.
 */
export function useOutbox(sessionId: string, onStored: () => Promise<unknown>) {
  const { client } = api.useUtils()
  const [items, setItems] = useState<Outgoing[]>([])
  const [inTurn] = useState(inSeries)
  /** The messages whose turn is to come, or is. */
  const queued = useRef(new Set<string>())
  const stored = useRef(onStored)
  useEffect(() => {
    stored.current = onStored
  })

  const current = useRef(items)
  const change = useCallback(
    (next: (items: Outgoing[]) => Outgoing[]) => {
      const before = current.current
      current.current = next(before)
      keepOutbox(sessionId, before, current.current)
      setItems(current.current)
    },
    [sessionId],
  )
  const drop = useCallback(
    (clientId: string) => change((items) => items.filter((item) => item.clientId !== clientId)),
    [change],
  )

  const deliver = useCallback(
    ({ clientId, role, content, context }: Outgoing) => {
      if (queued.current.has(clientId)) return
      queued.current.add(clientId)
      void inTurn(async () => {
        try {
          // It may be stored or discarded by then.
          if (!current.current.some((item) => item.clientId === clientId)) return
          await client.message.append.mutate({ sessionId, messages: [{ clientId, role, content, context }] })
          // The message is there: where it cannot be read at once, it comes with the others.
          await stored.current().catch(() => {})
          drop(clientId)
        } catch (error) {
          const reason = reasonOf(error)
          const failed = {
            failure: wordsOf(reason ?? "INTERNAL"),
            unsure: reason === undefined || isPassing(reason),
          }
          change((items) => items.map((item) => (item.clientId === clientId ? { ...item, ...failed } : item)))
        } finally {
          queued.current.delete(clientId)
        }
      })
    },
    [client, sessionId, change, drop, inTurn],
  )

  useEffect(() => {
    current.current = readOutbox(sessionId)
    setItems(current.current)
    for (const item of current.current) if (item.failure === undefined) deliver(item)
    return onSettledElsewhere(sessionId, drop)
  }, [sessionId, deliver, drop])

  useSaveAgain(
    items.some(({ unsure }) => unsure),
    () => {
      for (const item of current.current) if (item.unsure) deliver(item)
    },
  )

  /** Drops what turns out to be stored, though its answer was lost. */
  const settle = useCallback(
    (stored: ReadonlySet<string | null>) => {
      if (current.current.some(({ clientId }) => stored.has(clientId)))
        change((items) => items.filter(({ clientId }) => !stored.has(clientId)))
    },
    [change],
  )

  const send = useCallback(
    (written: Written) => {
      const at = Math.max(Date.now(), (current.current.at(-1)?.at ?? 0) + 1)
      const item: Outgoing = { clientId: makeClientId(), ...written, at }
      change((items) => [...items, item])
      deliver(item)
    },
    [change, deliver],
  )

  const retry = useCallback(
    ({ clientId, role, content, context, at }: Outgoing) => {
      const item: Outgoing = { clientId, role, content, context, at }
      change((items) => items.map((each) => (each.clientId === clientId ? item : each)))
      deliver(item)
    },
    [change, deliver],
  )

  return { items, send, retry, drop, settle }
}

export type Outbox = ReturnType<typeof useOutbox>
