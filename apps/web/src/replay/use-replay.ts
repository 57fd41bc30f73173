"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { useCallback, useEffect, useMemo, useRef, useState } from "react"
import { api } from "../api/trpc.ts"
import { loadPlayer, useNowPlaying } from "../player/now-playing.ts"
import { positionAt } from "../player/player-signals.ts"
import { complain } from "../ui/toast.tsx"
import { words } from "../words/reasons.ts"
import { nearestStep, type ReadChanged, type ReplayStep } from "./replay-steps.ts"

/** How long each step may be heard before the next, in cycles. */
export const lengths = [2, 4, 8, 16] as const

/** Messages that are read at a time to find the next step. */
const readAtOnce = 10

/** Milliseconds between two looks at the position while it plays through. */
const look = 50

const playId = (sessionId: string) => `replay:${sessionId}`

async function playableOf(sessionId: string, { clips, messageIndex }: ReplayStep) {
  const { endless, playableClip } = await import("../player/playable.ts")
  const playable = clips.map(({ projectId, id, code }) => playableClip({ projectId, id, code, name: id, metadata: {} }))
  return {
    id: playId(sessionId),
    name: `${clips.map(({ id }) => id).join(" + ")} at #${messageIndex}`,
    projectId: [...new Set(clips.map(({ projectId }) => projectId))].join(", "),
    href: undefined,
    clips: playable,
    plan: endless(playable),
    tempo: "clips" as const,
    sectionNames: [],
  }
}

/**
 * Steps through the messages of a session that changed code and plays the code as it was at each. It reads only what is
 * near the step that is heard.
 */
export function useReplay({
  sessionId,
  begin,
  goTo,
}: {
  sessionId: string
  /** The message to begin at, or after. */
  begin: number
  goTo: (messageIndex: number) => void
}) {
  const { client } = api.useUtils()
  const [step, setStep] = useState<ReplayStep>()
  const [through, setThrough] = useState(false)
  const [busy, setBusy] = useState(false)
  const [atEnd, setAtEnd] = useState<"before" | "after">()
  const [cycles, setCycles] = useState<(typeof lengths)[number]>(4)
  const sounds = useNowPlaying(({ id, phase }) => phase !== "silent" && id === playId(sessionId))
  const turn = useRef(0)
  /** The cycle that the present step is heard from. */
  const since = useRef<number>(undefined)

  const read: ReadChanged = useCallback(
    (range) => client.message.list.query({ sessionId, changedCode: true, limit: readAtOnce, ...range }),
    [client, sessionId],
  )

  const play = useCallback(
    async (next: ReplayStep) => {
      const player = await loadPlayer()
      const playing = player.state().phase === "playing"
      since.current = undefined
      await player.play(await playableOf(sessionId, next), { at: playing ? "cycle" : "now" })
      const told = player.signals.position()
      since.current = told ? Math.ceil(positionAt(told, Date.now()).cycle) : 0
    },
    [sessionId],
  )

  const go = useCallback(
    async (side: "before" | "after", from: number) => {
      const mine = ++turn.current
      setBusy(true)
      try {
        const next = await nearestStep(read, side, from)
        if (mine !== turn.current) return
        if (!next) {
          setAtEnd(side)
          setThrough(false)
          return
        }
        setAtEnd(undefined)
        setStep(next)
        goTo(next.messageIndex)
        await play(next)
      } catch (error) {
        if (mine === turn.current) complain(`The replay stopped. ${words[reasonOf(error) ?? "INTERNAL"]}`)
        setThrough(false)
      } finally {
        if (mine === turn.current) setBusy(false)
      }
    },
    [read, play, goTo],
  )

  const stop = useCallback(async () => {
    turn.current++
    setThrough(false)
    setBusy(false)
    await (await loadPlayer()).stop()
  }, [])

  const at = step?.messageIndex
  useEffect(() => {
    if (!through || at === undefined) return
    let left = false
    let asked = false
    const timer = setInterval(() => {
      void loadPlayer().then((player) => {
        const told = player.signals.position()
        const begun = since.current
        if (left || asked || !told || begun === undefined) return
        // Asked for a little before its cycle is over, the next step begins on the cycle after it.
        if (positionAt(told, Date.now()).cycle < begun + cycles - 0.5) return
        asked = true
        void go("after", at)
      })
    }, look)
    return () => {
      left = true
      clearInterval(timer)
    }
  }, [through, at, cycles, go])

  const silenced = useRef(false)
  useEffect(() => {
    // Somebody stopped the player, or plays something else.
    if (silenced.current && !sounds) setThrough(false)
    silenced.current = sounds
  }, [sounds])

  return useMemo(
    () => ({
      step,
      through,
      busy,
      sounds,
      atEnd,
      cycles,
      setCycles,
      next: () => void go("after", at ?? begin - 1),
      previous: () => void go("before", at ?? begin),
      /** Plays on from here, step by step. */
      playThrough() {
        setThrough(true)
        if (step) void play(step)
        else void go("after", begin - 1)
      },
      stop: () => void stop(),
    }),
    [step, through, busy, sounds, atEnd, cycles, go, at, begin, play, stop],
  )
}

export type Replay = ReturnType<typeof useReplay>
