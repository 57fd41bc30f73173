"use client"

import { Command } from "cmdk"
import { Keys } from "#shared/keyboard/keyboard-keys.tsx"
import { Marked } from "../marked.tsx"
import type { Target } from "./palette-groups.ts"

/** One line of the palette. */
export function PaletteItem({ target, onTake }: { target: Target; onTake: () => void }) {
  const { id, title, icon: Icon, note, snippet = [], isCode = false, keys } = target
  return (
    <Command.Item
      value={id}
      onSelect={onTake}
      className="group flex cursor-pointer items-start gap-3 rounded-md px-3 py-2 data-[selected=true]:bg-wash"
    >
      <Icon className="mt-0.5 size-4 shrink-0 text-faint group-data-[selected=true]:text-accent" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-3">
          <span className="min-w-0 flex-1 truncate">
            <Marked parts={title} />
          </span>
          {note && <span className="max-w-48 shrink-0 truncate text-xs text-soft">{note}</span>}
        </span>
        {snippet.length > 0 && (
          <span className={`block truncate text-soft ${isCode ? "font-mono text-xs/5" : "text-sm/5"}`}>
            <Marked parts={snippet} />
          </span>
        )}
      </span>
      {keys && <Keys keys={keys} />}
    </Command.Item>
  )
}
