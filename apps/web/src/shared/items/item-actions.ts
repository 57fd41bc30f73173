"use client"

import type { TextKind } from "@strudel-agent/contract/item"
import { useActions } from "#shared/keyboard/actions.ts"

const editText = () => document.querySelector<HTMLElement>("main [data-edit-text]")?.click()

/** Offers what can be done with the song, other text or project that the page is about. */
export function useItemActions({
  what,
  onRename,
  onDelete,
}: {
  what: TextKind | "project"
  onRename: () => void
  onDelete: () => void
}): void {
  const group = `This ${what}`
  const text = what === "project" ? "description" : "notes"
  useActions([
    { id: `${what}-rename`, name: `Rename this ${what}`, keys: "r", group, run: onRename },
    { id: `${what}-text`, name: `Edit its ${text}`, keys: "e", group, run: editText },
    { id: `${what}-delete`, name: `Delete this ${what}`, group, run: onDelete },
  ])
}
