"use client"

import { limits } from "@strudel-agent/contract/limits"
import { Command } from "cmdk"
import { CheckIcon, MinusIcon, PlusIcon } from "lucide-react"
import { useState } from "react"
import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"
import { countOf } from "#shared/words/count.ts"
import { sessionTags } from "../facts/session-facts.ts"
import { useSessionFacets } from "../filter/session-filters.tsx"
import type { ListedSession } from "./session-edits.ts"

type Mark = "all" | "some" | "none"

/** How many of some sessions bear each of their tags. */
function countTags(sessions: ListedSession[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { metadata } of sessions) {
    for (const tag of new Set(sessionTags(metadata))) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  }
  return counts
}

const signs = { all: <CheckIcon />, some: <MinusIcon />, none: null }
const states = { all: "on", some: "on some", none: "off" }

function Tag({ tag, mark, onToggle }: { tag: string; mark: Mark; onToggle: () => void }) {
  return (
    <Command.Item
      value={tag}
      onSelect={onToggle}
      className="flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2.5 data-[selected=true]:bg-wash"
    >
      <span
        aria-hidden="true"
        className={`grid size-4.5 shrink-0 place-items-center rounded border [&_svg]:size-3.5 ${mark === "none" ? "border-edge" : "border-accent bg-accent text-on-accent"}`}
      >
        {signs[mark]}
      </span>
      <span className="min-w-0 truncate">{tag}</span>
      <span className="sr-only">, {states[mark]}</span>
    </Command.Item>
  )
}

/** Gives tags to sessions and takes them away; every choice takes effect at once. */
export function SessionTagDialog({
  sessions,
  onChange,
  onClose,
}: {
  sessions: ListedSession[]
  onChange: (change: { add?: string[]; remove?: string[] }) => void
  onClose: () => void
}) {
  const [text, setText] = useState("")
  const facets = useSessionFacets()
  const counts = countTags(sessions)
  // Tags that were on at first stay in the list when they are taken away.
  const [atFirst] = useState(() => [...counts.keys()])
  const tags = [...new Set([...atFirst, ...counts.keys(), ...(facets?.tags ?? []).map(({ tag }) => tag)])]
  const typed = text.trim()
  const [only] = sessions

  const markOf = (tag: string): Mark => {
    const count = counts.get(tag) ?? 0
    return count === 0 ? "none" : count === sessions.length ? "all" : "some"
  }
  function toggle(tag: string) {
    onChange(markOf(tag) === "all" ? { remove: [tag] } : { add: [tag] })
    setText("")
  }

  return (
    <Dialog
      title={
        sessions.length === 1 && only ? `Tags of ${only.displayName}` : `Tags of ${countOf(sessions.length, "session")}`
      }
      onClose={onClose}
    >
      <Command label="Tags" loop>
        <Command.Input
          autoFocus
          value={text}
          onValueChange={(value) => setText(value.slice(0, limits.tag))}
          placeholder="Find a tag, or write another"
          className="h-10 w-full rounded-md border border-line bg-canvas px-3 text-sm placeholder:text-faint hover:border-edge"
        />
        <Command.List label="Tags" className="mt-3 h-64 overflow-y-auto text-sm">
          <Command.Empty className="px-2.5 py-2 text-soft">There are no tags yet. Write the first one.</Command.Empty>
          {tags.map((tag) => (
            <Tag key={tag} tag={tag} mark={markOf(tag)} onToggle={() => toggle(tag)} />
          ))}
          {typed && !tags.includes(typed) && (
            <Command.Item
              value={typed}
              forceMount
              onSelect={() => toggle(typed)}
              className="flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2.5 data-[selected=true]:bg-wash"
            >
              <PlusIcon className="size-4.5 p-0.5" aria-hidden="true" />
              <span className="min-w-0 truncate">
                Add the tag <strong>{typed}</strong>
              </span>
            </Command.Item>
          )}
        </Command.List>
      </Command>
      <DialogActions>
        <Button onClick={onClose}>Done</Button>
      </DialogActions>
    </Dialog>
  )
}
