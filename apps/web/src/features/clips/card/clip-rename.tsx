"use client"

import { limits } from "@strudel-agent/contract/limits"
import { useEffect, useId, useRef, useState } from "react"
import type { ClipCard } from "#shared/clip/clip-list.ts"
import type { CardTools } from "./clip-card-parts.tsx"

/** A clip's name while it is being changed: enter keeps it, escape does not; what was refused stays, with the reason. */
export function RenameInput({ clip, tools }: { clip: ClipCard; tools: CardTools }) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(clip.name)
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])

  async function keep() {
    if (busy) return
    if (name.trim() === "" || name.trim() === clip.name) {
      tools.stopRenaming(clip)
      return
    }
    setBusy(true)
    setProblem(await tools.rename(clip, name.trim()))
    setBusy(false)
  }

  return (
    <>
      <input
        ref={field}
        value={name}
        aria-label={`Name of ${clip.name}`}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? id : undefined}
        maxLength={limits.name}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") void keep()
          else if (event.key === "Escape") tools.stopRenaming(clip)
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
        onBlur={() => void keep()}
        className="relative z-2 -mx-1.5 -my-0.5 w-full rounded border border-accent bg-canvas px-1.5 py-px font-medium outline-none"
      />
      {problem && (
        <span id={id} role="alert" className="block truncate text-xs font-normal text-danger" title={problem}>
          {problem}
        </span>
      )}
    </>
  )
}
