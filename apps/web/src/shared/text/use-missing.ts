"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { useEffect, useRef, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { type Item, itemKey, type LinkBase } from "#shared/url-state/item-link.ts"

/** Links of one text that are looked up; a text with more shows the rest as links. */
const most = 50
/** Milliseconds of rest after which a text that is typed is looked at. */
const rest = 500

const missing = new Set<unknown>(["CLIP_NOT_FOUND", "SONG_NOT_FOUND", "PLAYLIST_NOT_FOUND", "BAD_INPUT"])

type Client = ReturnType<typeof api.useUtils>["client"]

const read = ({ clip, song, playlist }: Client, { itemType, projectId, itemId }: Item): Promise<unknown> => {
  const key = { projectId, id: itemId }
  if (itemType === "clip") return clip.byId.query(key)
  return itemType === "song" ? song.byId.query(key) : playlist.byId.query(key)
}

const none: string[] = []

/** What the server found out about a text before the page came to life. */
export interface KnownMissing {
  text: string
  keys: string[]
}

/** Keys of the items that a text links to and that are not there; looked up again where the text is another one. */
export function useMissing(text: string, base: LinkBase, first: KnownMissing | undefined): string[] {
  const { client } = api.useUtils()
  const { projectId, folder } = base
  const seen = useRef(new Map<string, boolean>())
  const [found, setFound] = useState(first)

  useEffect(() => {
    if (text === found?.text) return
    let left = false
    const timer = setTimeout(async () => {
      const { itemsOfText } = await import("#shared/markdown/text-items.ts")
      const items = new Map(itemsOfText(text, { projectId, folder }).map((item) => [itemKey(item), item]))
      const looked = [...items].slice(0, most).map(async ([key, item]) => {
        const reason = await read(client, item).then(
          () => undefined,
          (error: unknown) => reasonOf(error),
        )
        if (reason === undefined || missing.has(reason)) seen.current.set(key, missing.has(reason))
      })
      await Promise.all(looked)
      if (!left) setFound({ text, keys: [...items.keys()].filter((key) => seen.current.get(key)) })
    }, rest)
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [client, text, projectId, folder, found?.text])

  return found?.keys ?? none
}
