"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { useCallback, useEffect, useMemo, useRef, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { loadPlayer } from "#shared/player/load-player.ts"
import type { Player } from "#shared/player/player.ts"
import { isOn } from "#shared/player/player-state.ts"
import { usePlayer } from "#shared/player/use-player.ts"
import { toastError } from "#shared/ui/toast.tsx"
import { wordsOf } from "#shared/words/reasons.ts"
import { nearestStep, type ReadChanged, type ReplayStep } from "./replay-steps.ts"
import { cyclesLeft } from "./replay-time.ts"

/** How long each step may be heard before the next, in cycles. */
export const lengths = [2, 4, 8, 16] as const

/** Messages that are read at a time to find the next step. */
const readAtOnce = 10

/** Cycles before its end in which a step gives way to the next: the last one, as that is taken up on a cycle. */
const lead = 1

/** Milliseconds between two looks at the position while it plays through. */
const lookEvery = 50

const playId = (sessionId: string) => `replay:${sessionId}`

async function playableOf(sessionId: string, { clips, messageIndex }: ReplayStep) {
  const { endless, playableClip } = await import("#shared/player/playable.ts")
  const playable = clips.map(({ projectId, id, code }) => ({
    ...playableClip({ projectId, id, code, name: id, metadata: {} }),
    // The library may not have it.
    href: undefined,
  }))
  return {
    id: playId(sessionId),
    name: `${clips.map(({ id }) => id).join(" + ")} at #${messageIndex}`,
    projectId: [...new Set(clips.map(({ projectId }) => projectId))].join(", "),
    href: undefined,
    clips: playable,
    plan: endless(playable),
    tempo: "clips" as const,
    sectionNames: [],
    sectionTempos: [],
  }
}

/** Until what was asked for on the next cycle is heard. */
const arrived = ({ state, subscribe }: Player) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (state().pending) return
      stop()
      resolve()
    }
    const stop = subscribe(look)
    look()
  })

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
  const sounds = usePlayer((state) => isOn(state) && state.playable?.id === playId(sessionId))
  const turn = useRef(0)
  /** Whether a step that was asked for by hand is on its way. */
  const working = useRef(false)

  const read: ReadChanged = useCallback(
    (range) => client.message.list.query({ sessionId, changedCode: true, limit: readAtOnce, ...range }),
    [client, sessionId],
  )

  const play = useCallback(
    async (next: ReplayStep) => {
      const player = await loadPlayer()
      await player.play(await playableOf(sessionId, next), { at: "cycle" })
    },
    [sessionId],
  )

  const go = useCallback(
    async (side: "before" | "after", from: number) => {
      const mine = ++turn.current
      working.current = true
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
        if (mine === turn.current) toastError(`The replay stopped. ${wordsOf(reasonOf(error) ?? "INTERNAL")}`)
        setThrough(false)
      } finally {
        if (mine === turn.current) {
          working.current = false
          setBusy(false)
        }
      }
    },
    [read, play, goTo],
  )

  const stop = useCallback(async () => {
    turn.current++
    working.current = false
    setThrough(false)
    setBusy(false)
    await (await loadPlayer()).stop()
  }, [])

  /** Goes on with the step that was read ahead, and tells it when it is heard. */
  const goOn = useCallback(
    async (next: ReplayStep | undefined) => {
      const mine = turn.current
      const player = await loadPlayer()
      if (next) {
        await play(next)
        await arrived(player)
      }
      if (mine !== turn.current || player.state().phase !== "playing") return
      if (!next) {
        setAtEnd("after")
        setThrough(false)
        return
      }
      setAtEnd(undefined)
      setStep(next)
      goTo(next.messageIndex)
    },
    [play, goTo],
  )

  const at = step?.messageIndex
  useEffect(() => {
    if (!through || at === undefined) return
    let left = false
    let asked = false
    const ahead = nearestStep(read, "after", at)
    // The look below tells why it was not read.
    ahead.catch(() => {})
    async function look() {
      const [player, next] = await Promise.all([loadPlayer(), ahead])
      const { phase, pending } = player.state()
      if (left || asked || working.current || phase !== "playing" || pending) return
      const rest = cyclesLeft(player.signals.position(), cycles)
      if (rest === undefined || rest > (next ? lead : 0)) return
      asked = true
      await goOn(next)
    }
    const timer = setInterval(() => {
      look().catch((error: unknown) => {
        if (left) return
        left = true
        toastError(`The replay stopped. ${wordsOf(reasonOf(error) ?? "INTERNAL")}`)
        setThrough(false)
      })
    }, lookEvery)
    return () => {
      left = true
      clearInterval(timer)
    }
  }, [through, at, cycles, read, goOn])

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
        setAtEnd(undefined)
        if (step) void play(step)
        else void go("after", begin - 1)
      },
      stop: () => void stop(),
    }),
    [step, through, busy, sounds, atEnd, cycles, go, at, begin, play, stop],
  )
}

export type Replay = ReturnType<typeof useReplay>
