"use client"

import { useEffect, useRef, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { itemKey, type LinkBase } from "#shared/url-state/item-link.ts"

/** Milliseconds of rest after which a text that is typed is looked at. */
const rest = 500

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
      const [{ itemsOfText }, { isMissing, mostLookedUp }] = await Promise.all([
        import("#shared/markdown/text-items.ts"),
        import("#shared/url-state/is-missing.ts"),
      ])
      const items = new Map(itemsOfText(text, { projectId, folder }).map((item) => [itemKey(item), item]))
      const looked = [...items].slice(0, mostLookedUp).map(async ([key, item]) => {
        const missing = await isMissing(client, item)
        if (missing !== undefined) seen.current.set(key, missing)
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
