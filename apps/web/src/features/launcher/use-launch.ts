"use client"

import { useState } from "react"
import { api } from "#shared/api/trpc.ts"
import type { ClipCard } from "#shared/clip/clip-list.ts"
import { loadClip } from "#shared/playback/load-playable.ts"
import { player } from "#shared/player/open-player.ts"
import { playKey } from "#shared/player/playable.ts"
import { toastError } from "#shared/ui/toast.tsx"
import { padStateOf } from "./pad-state.ts"

/** Clips whose pads were pressed, and what for, until the player knows of it. */
type Asked = ReadonlyMap<string, "starting" | "stopping">

/** Starts and stops clips. */
export function useLaunch() {
  const utils = api.useUtils()
  const [asked, setAsked] = useState<Asked>(new Map())
  return {
    asked,
    async toggle({ projectId, id, name }: ClipCard) {
      const key = playKey(projectId, id)
      if (asked.has(key)) return
      const on = ["starting", "playing"].includes(padStateOf(player.state(), key))
      setAsked((before) => new Map(before).set(key, on ? "stopping" : "starting"))
      try {
        if (on) await player.remove(key)
        else await player.add(await loadClip(utils, projectId, id))
      } catch {
        toastError(`${name} was not started: the server does not answer.`)
      } finally {
        setAsked((before) => new Map([...before].filter(([each]) => each !== key)))
      }
    },
  }
}
