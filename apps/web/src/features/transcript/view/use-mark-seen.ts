"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { useEffect, useEffectEvent } from "react"
import { api } from "#shared/api/trpc.ts"

type Session = Pick<Outputs["session"]["byId"], "id" | "messageCount" | "seenCount">

/** Milliseconds for which the end is in sight before it counts as seen. */
const rest = 600
/** Milliseconds between two looks for a message that is not drawn. */
const pause = 300

/** Calls back once the message of an index, drawn as the element `m-<index>`, has been in sight for a moment. */
function watchMessage(index: number, onSeen: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let observed: HTMLElement | undefined
  const observer = new IntersectionObserver((entries) => {
    clearTimeout(timer)
    timer = undefined
    if (entries.at(-1)?.isIntersecting) timer = setTimeout(tell, rest)
  })
  function tell() {
    if (document.visibilityState === "visible") return onSeen()
    timer = setTimeout(tell, rest)
  }
  /** It may be drawn later, and another time after the transcript was elsewhere. */
  function look() {
    if (observed?.isConnected) return
    clearTimeout(timer)
    if (observed) observer.unobserve(observed)
    observed = document.getElementById(`m-${index}`) ?? undefined
    if (observed) observer.observe(observed)
  }
  const finder = setInterval(look, pause)
  look()
  return () => {
    clearInterval(finder)
    clearTimeout(timer)
    observer.disconnect()
  }
}

/**
 * Marks a session as seen once its last message is in sight on the session's page; so too whenever it grew. Where that
 * fails the session merely stays marked as unseen.
 */
export function useMarkSeen({ id, messageCount, seenCount }: Session): void {
  const utils = api.useUtils()
  const mark = api.session.markSeen.useMutation({
    onSuccess: (seen) => {
      utils.session.byId.setData({ id: seen.id }, (session) => session && { ...session, seenCount: seen.seenCount })
      void utils.session.list.invalidate(undefined, { refetchType: "none" })
    },
  })
  const onSeen = useEffectEvent(() => mark.mutate({ id, count: messageCount }))
  useEffect(() => {
    if (messageCount > seenCount) return watchMessage(messageCount - 1, onSeen)
    return undefined
  }, [messageCount, seenCount])
}
