"use client"

import { limits } from "@strudel-agent/contract/limits"
import { XIcon } from "lucide-react"
import { type KeyboardEvent, useId, useRef, useState } from "react"

/** Tags as chips: Enter or a comma puts one on, Backspace in the empty field takes the last one off. */
export function TagsInput({
  tags,
  problem,
  note,
  onChange,
}: {
  tags: string[]
  problem: string | undefined
  note: string | undefined
  onChange: (tags: string[]) => void
}) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState("")
  const hint = problem ?? note

  function add(typed: string) {
    const found = typed.split(",").map((tag) => tag.trim())
    const fresh = [...new Set(found)].filter((tag) => tag !== "" && !tags.includes(tag))
    setText("")
    if (fresh.length > 0) onChange([...tags, ...fresh])
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault()
      add(text)
    } else if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "s") add(text)
    else if (event.key === "Backspace" && text === "" && tags.length > 0) onChange(tags.slice(0, -1))
  }

  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        Tags
      </label>
      <div className="flex min-h-9 flex-wrap items-center gap-1 rounded-md border border-line bg-canvas px-1.5 py-1 focus-within:border-edge hover:border-edge">
        <ul className="contents" aria-label="Tags put on">
          {[...new Set(tags)].map((tag) => (
            <li
              key={tag}
              className="flex max-w-full items-center rounded-full border border-line bg-raised pl-2 text-xs/5 text-soft"
            >
              <span className="min-w-0 truncate">{tag}</span>
              <button
                type="button"
                aria-label={`Remove ${tag}`}
                onClick={() => {
                  onChange(tags.filter((each) => each !== tag))
                  field.current?.focus()
                }}
                className="grid size-6 place-items-center rounded-full hover:text-ink"
              >
                <XIcon className="size-3" aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
        <input
          ref={field}
          id={id}
          value={text}
          autoComplete="off"
          maxLength={limits.tag}
          aria-invalid={Boolean(problem)}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={({ target }) => (target.value.includes(",") ? add(target.value) : setText(target.value))}
          onKeyDown={onKeyDown}
          onBlur={() => add(text)}
          placeholder={tags.length === 0 ? "drums, acid, …" : ""}
          className="h-6 min-w-20 flex-1 bg-transparent px-1.5 text-sm outline-none placeholder:text-faint"
        />
      </div>
      {hint && (
        <p
          id={`${id}-hint`}
          role={problem ? "alert" : undefined}
          className={`mt-1 text-xs ${problem ? "text-danger" : "text-soft"}`}
        >
          {hint}
        </p>
      )}
    </div>
  )
}
