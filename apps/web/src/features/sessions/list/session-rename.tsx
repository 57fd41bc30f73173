"use client"

import { limits } from "@strudel-agent/contract/limits"
import { useRef, useState } from "react"

/** What a row needs to rename its session in place. */
export interface Renaming {
  draft: string
  problem: string | null
  onSave: (name: string) => void
  onCancel: () => void
}

/** The name of a session as a field: enter keeps it, escape lets go, and so does leaving it as it was. */
export function SessionRename({ renaming: { draft, problem, onSave, onCancel } }: { renaming: Renaming }) {
  const [name, setName] = useState(draft)
  const done = useRef(false)
  function finish(end: () => void) {
    if (done.current) return
    done.current = true
    end()
  }
  return (
    <form
      className="relative z-2 flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        finish(() => onSave(name))
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: whoever asks to rename goes on by typing.
        autoFocus
        aria-label="Name of the session"
        aria-invalid={Boolean(problem)}
        value={name}
        maxLength={limits.name}
        autoComplete="off"
        spellCheck={false}
        placeholder="No name of its own"
        onFocus={(event) => event.target.select()}
        onChange={(event) => setName(event.target.value)}
        onBlur={() => finish(() => (name === draft && !problem ? onCancel() : onSave(name)))}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return
          event.stopPropagation()
          finish(onCancel)
        }}
        className="h-7 min-w-0 flex-1 rounded border border-edge bg-canvas px-2 text-sm font-medium aria-[invalid=true]:border-danger"
      />
      {problem && (
        <span role="alert" className="max-w-[60%] truncate text-xs text-danger" title={problem}>
          {problem}
        </span>
      )}
    </form>
  )
}
