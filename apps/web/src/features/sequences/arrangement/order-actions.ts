"use client"

import { useActions } from "#shared/keyboard/actions.ts"
import { type PartKind, partWords } from "#shared/song/part.ts"

const add = () => document.querySelector<HTMLElement>("main [data-add-part]")?.click()

/** Offers what can be done with an order; its rows listen for most of the keys themselves. */
export function useOrderActions(kind: PartKind): void {
  const { one, inside } = partWords[kind]
  const group = `The ${one}s of a ${inside}`
  const row = { group, onlyKeys: true } as const
  useActions([
    { id: "order-add", name: `Add a ${one} behind the row`, keys: "a", group, run: add },
    { ...row, id: "order-up", name: "Move the row up", keys: "alt+ArrowUp" },
    { ...row, id: "order-down", name: "Move the row down", keys: "alt+ArrowDown" },
    { ...row, id: "order-more", name: "Play it once more", keys: "=" },
    { ...row, id: "order-less", name: "Play it once less", keys: "-" },
    { ...row, id: "order-duplicate", name: "Duplicate the row", keys: "d" },
    { ...row, id: "order-remove", name: "Remove the row", keys: "Delete" },
    { ...row, id: "order-undo", name: "Undo the last change of the order", keys: "mod+z" },
  ])
}
