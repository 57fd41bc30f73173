"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { XIcon } from "lucide-react"
import { type KeyboardEvent, useRef, useState } from "react"
import { toastError } from "#shared/ui/toast.tsx"
import { wordsOf } from "#shared/words/reasons.ts"
import { changeTags, type TagChange } from "./store-tags.ts"

/** Characters of a tag. */
const most = 50

/** Tags that can be taken off and put on; each change is stored at once. */
export function TagsEditor({
  tags,
  onChange,
}: {
  tags: string[]
  /** Stores a change after those before it; rejects where it is not stored. */
  onChange: (change: TagChange) => Promise<unknown>
}) {
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState("")
  const [pending, setPending] = useState<TagChange[]>([])
  const shown = [...new Set(pending.reduce(changeTags, tags))]

  async function put(change: TagChange) {
    setPending((before) => [...before, change])
    try {
      await onChange(change)
    } catch (error) {
      const { tag, on } = change
      toastError(`The tag ${tag} is not ${on ? "added" : "removed"}. ${wordsOf(reasonOf(error) ?? "INTERNAL")}`, {
        name: "Try again",
        run: () => void put({ tag, on }),
      })
    } finally {
      setPending((now) => now.filter((each) => each !== change))
    }
  }

  function add() {
    const tag = text.trim().slice(0, most)
    setText("")
    if (tag && !shown.includes(tag)) void put({ tag, on: true })
  }

  function onKeyDown(event: KeyboardEvent) {
    const last = shown.at(-1)
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault()
      add()
    } else if (event.key === "Backspace" && text === "" && last !== undefined) void put({ tag: last, on: false })
  }

  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <ul aria-label="Tags" className="contents">
        {shown.map((tag) => (
          <li
            key={tag}
            className="flex max-w-full items-center gap-1 rounded-full border border-line bg-raised py-0.5 pr-0.5 pl-2.5 text-xs text-soft"
          >
            <span className="min-w-0 truncate">{tag}</span>
            <button
              type="button"
              aria-label={`Remove the tag ${tag}`}
              onClick={() => {
                void put({ tag, on: false })
                field.current?.focus()
              }}
              className="grid size-6 shrink-0 place-items-center rounded-full hover:bg-wash hover:text-ink [&_svg]:size-3"
            >
              <XIcon aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <input
        ref={field}
        aria-label="Add a tag"
        placeholder="Add a tag"
        autoComplete="off"
        value={text}
        maxLength={most}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
        onBlur={add}
        className="h-7 w-24 min-w-0 rounded-full border border-dashed border-line bg-transparent px-3 text-xs placeholder:text-faint hover:border-edge focus:border-solid"
      />
    </div>
  )
}
