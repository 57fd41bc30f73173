"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { useCallback, useEffect, useMemo, useRef, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { changesCode } from "#shared/transcript/message-items.ts"
import { furtherInput, type Opening, openingInputs } from "#shared/transcript/message-page.ts"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import {
  landingOf,
  openWindow,
  type TranscriptWindow,
  withArrived,
  withNewer,
  withOlder,
} from "#shared/transcript/transcript-window.ts"

/** An end of what is loaded: what is being read there, or why that failed. */
export interface EdgeState {
  busy: boolean
  error?: unknown
}

/** Where the page has to scroll: to a message, or to the end. Another object for each time. */
export interface Landing {
  index: number | undefined
}

interface State {
  window: TranscriptWindow | undefined
  opening: Opening
  landing: Landing
  older: EdgeState
  newer: EdgeState
  /** Reading another part of the transcript. */
  jump: EdgeState
}

const rest: EdgeState = { busy: false }
type Side = "older" | "newer"

/** The messages of a session around where one reads. */
export function useTranscript(session: Outputs["session"]["byId"], opening: Opening) {
  const { client, message } = api.useUtils()
  const sessionId = session.id
  const [state, setState] = useState<State>(() => {
    const window = openWindow(openingInputs(sessionId, opening).map((input) => message.list.getData(input)))
    return { window, opening, landing: landingAt(window, opening), older: rest, newer: rest, jump: rest }
  })
  const current = useRef(state)
  const change = useCallback((next: (state: State) => State) => {
    current.current = next(current.current)
    setState(current.current)
  }, [])
  /** Counts jumps: what was asked for before one is of no use after it. */
  const turn = useRef(0)

  /** The last messages that were heard of: a page that was asked for before may end before them. */
  const heard = useRef({ any: -1, changed: -1 })
  /** A window that ends before what was heard has more behind it. */
  const complete = useCallback((window: TranscriptWindow | undefined, { changedCode }: Opening) => {
    const last = window?.messages.at(-1)?.messageIndex ?? -1
    const known = changedCode ? heard.current.changed : heard.current.any
    return window && last < known ? { ...window, newer: true } : window
  }, [])

  /** Leads to a message or to the end, and reads what is there unless it is loaded. */
  const jump = useCallback(
    async (to: Opening) => {
      const mine = ++turn.current
      if (isLoaded(current.current, to)) {
        change((state) => ({ ...state, opening: to, landing: { index: to.at }, older: rest, newer: rest, jump: rest }))
        return
      }
      change((state) => ({ ...state, jump: { busy: true } }))
      try {
        const pages = await Promise.all(openingInputs(sessionId, to).map((input) => client.message.list.query(input)))
        if (mine !== turn.current) return
        const window = complete(openWindow(pages), to)
        const landing = landingAt(window, to)
        change((state) => ({ ...state, window, opening: to, landing, older: rest, newer: rest, jump: rest }))
      } catch (error) {
        if (mine === turn.current) change((state) => ({ ...state, jump: { busy: false, error } }))
      }
    },
    [client, sessionId, change, complete],
  )

  const read = useCallback(
    async (side: Side) => {
      const { window, opening, [side]: edge } = current.current
      const end = side === "older" ? window?.messages[0] : window?.messages.at(-1)
      if (!end || edge.busy) return
      const mine = turn.current
      const range = side === "older" ? { before: end.messageIndex } : { after: end.messageIndex }
      change((state) => ({ ...state, [side]: { busy: true } }))
      try {
        const page = await client.message.list.query(furtherInput(sessionId, opening.changedCode, range))
        if (mine !== turn.current) return
        const merge = side === "older" ? withOlder : withNewer
        change((state) => ({
          ...state,
          window: complete(state.window && merge(state.window, page), opening),
          [side]: rest,
        }))
      } catch (error) {
        if (mine === turn.current) change((state) => ({ ...state, [side]: { busy: false, error } }))
      }
    },
    [client, sessionId, change, complete],
  )

  /** Takes in what was just said; where `follow` is false, it is only remembered that there is more. */
  const take = useCallback(
    (arrived: TranscriptMessage[], follow: boolean) => {
      const lastOf = (messages: TranscriptMessage[]) => messages.at(-1)?.messageIndex ?? -1
      heard.current = {
        any: Math.max(heard.current.any, lastOf(arrived)),
        changed: Math.max(heard.current.changed, lastOf(arrived.filter(changesCode))),
      }
      change((state) => {
        const { window, opening } = state
        const last = window?.messages.at(-1)?.messageIndex ?? -1
        const fitting = arrived.filter(
          (each) => each.messageIndex > last && (!opening.changedCode || changesCode(each)),
        )
        const first = fitting[0]
        if (!window || !first) return state
        // Behind a hole it is read again, as whatever is not followed.
        const joins = opening.changedCode || first.messageIndex === last + 1
        if (joins && (follow || window.messages.length === 0)) return { ...state, window: withArrived(window, fitting) }
        return { ...state, window: { ...window, newer: true } }
      })
    },
    [change],
  )

  /** Reads what was said behind the last message, where everything up to it is loaded. */
  const catchUp = useCallback(async () => {
    const { window, opening } = current.current
    if (!window || window.newer) return
    const last = window.messages.at(-1)?.messageIndex
    const range = last === undefined ? { before: 2_147_483_647 } : { after: last }
    const mine = turn.current
    const { messages } = await client.message.list.query(furtherInput(sessionId, opening.changedCode, range))
    if (mine === turn.current) take(messages, true)
  }, [client, sessionId, take])

  useEffect(() => {
    if (!current.current.window) void jump(current.current.opening)
  }, [jump])

  const { window, landing, older, newer } = state
  return useMemo(
    () => ({ window, opening: state.opening, landing, older, newer, jumping: state.jump, jump, read, take, catchUp }),
    [window, state.opening, landing, older, newer, state.jump, jump, read, take, catchUp],
  )
}

export type Transcribed = ReturnType<typeof useTranscript>

/** Whether what is wanted is among what is there. */
const isLoaded = ({ window, opening }: State, to: Opening): boolean =>
  window !== undefined &&
  to.changedCode === opening.changedCode &&
  (to.at === undefined ? !window.newer : window.messages.some(({ messageIndex }) => messageIndex === to.at))

const landingAt = (window: TranscriptWindow | undefined, { at }: Opening): Landing => ({
  index: window && at !== undefined ? landingOf(window, at) : undefined,
})
