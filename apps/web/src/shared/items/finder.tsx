"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { SearchIcon, XIcon } from "lucide-react"
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from "react"
import { IconButton } from "#shared/ui/button.tsx"
import { wordsOf } from "#shared/words/reasons.ts"
import { Choice, type Findable } from "./choice.tsx"
import { useDebounced } from "./use-debounced.ts"

/** What a search found so far. */
export interface Found<T> {
  found: T[]
  busy: boolean
  error: unknown
}

/** Milliseconds of rest after which what was typed is looked up. */
const rest = 150

/** A field that finds items of the library by what is typed, and hands over the one that is taken; it stays open. */
export function Finder<T extends Findable>({
  label,
  initial = "",
  projectId,
  useFound,
  onTake,
  onClose,
}: {
  label: string
  initial?: string
  /** A hook that looks a text up in a project. */
  useFound: (projectId: string, text: string) => Found<T>
  projectId: string
  onTake: (item: T) => void
  onClose: () => void
}) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(initial)
  const [chosen, setChosen] = useState(0)
  const looked = useDebounced(text.trim(), rest)
  const { found, busy, error } = useFound(projectId, looked)
  const place = Math.min(chosen, found.length - 1)
  const late = busy || looked !== text.trim()

  /** Whether the first that is found is to be taken: enter was pressed before the answer came. */
  const hasty = useRef(false)
  const takeFirst = useEffectEvent(() => {
    const item = found[place]
    if (!late && hasty.current && item) onTake(item)
    if (!late) hasty.current = false
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: it takes when what was looked for is there.
  useEffect(() => takeFirst(), [late])
  useEffect(() => {
    field.current?.focus()
    field.current?.scrollIntoView({ block: "nearest" })
  }, [])

  function onKeyDown(event: KeyboardEvent) {
    const { length } = found
    const item = found[place]
    if (event.key === "Enter") {
      if (late) hasty.current = true
      else if (item) onTake(item)
    } else if (event.key === "ArrowDown") setChosen(length ? (place + 1) % length : 0)
    else if (event.key === "ArrowUp") setChosen(length ? (place + length - 1) % length : 0)
    else if (event.key === "Escape") onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const problem = error ? wordsOf(reasonOf(error) ?? "INTERNAL") : undefined
  const nothing = !late && !problem && found.length === 0
  return (
    <div className="rounded-card border border-accent bg-panel p-1.5 shadow-lg">
      <div className="flex items-center gap-2 pl-2.5">
        <SearchIcon className="size-4 shrink-0 text-faint" aria-hidden="true" />
        <input
          ref={field}
          role="combobox"
          aria-label={label}
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length > 0 ? `${id}-${place}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={label}
          value={text}
          onChange={({ target }) => {
            hasty.current = false
            setText(target.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
          className="h-9 min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-faint"
        />
        <IconButton label="Close" onClick={onClose}>
          <XIcon aria-hidden="true" />
        </IconButton>
      </div>
      {found.length > 0 && (
        <div id={`${id}-list`} role="listbox" aria-label="Found" aria-busy={late} className="max-h-56 overflow-y-auto">
          {found.map((item, index) => (
            <Choice
              key={item.key}
              item={item}
              id={`${id}-${index}`}
              chosen={index === place}
              onTake={() => onTake(item)}
              onPoint={() => setChosen(index)}
            />
          ))}
        </div>
      )}
      <p role="status" className={problem || nothing ? "px-2.5 py-2 text-sm text-soft" : "sr-only"}>
        {problem ?? (nothing ? "Nothing found." : late ? "" : `${found.length} found`)}
      </p>
    </div>
  )
}
