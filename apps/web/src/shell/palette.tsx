"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { SearchIcon } from "lucide-react"
import { useRouter } from "next/navigation"
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react"
import { words } from "../words/reasons.ts"
import { type Target, useTargets } from "./palette-targets.ts"

/** Milliseconds of rest after which what was typed is looked up. */
const rest = 120

function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(setRested, rest, text)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}

function Option({
  target,
  id,
  chosen,
  onTake,
  onPoint,
}: {
  target: Target
  id: string
  chosen: boolean
  onTake: () => void
  onPoint: () => void
}) {
  const { icon: Icon, name, note } = target
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen) ref.current?.scrollIntoView({ block: "nearest" })
  }, [chosen])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys work in the field, which keeps the focus.
    <div
      ref={ref}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      onClick={onTake}
      onMouseMove={onPoint}
      className="flex cursor-pointer items-center gap-3 rounded-md px-3 py-2 aria-selected:bg-wash"
    >
      <Icon className={`size-4 shrink-0 ${chosen ? "text-accent" : "text-faint"}`} aria-hidden="true" />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <span className="max-w-40 shrink-0 truncate text-xs text-soft">{note}</span>
    </div>
  )
}

/** A dialog that leads to everything by its name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const id = useId()
  const router = useRouter()
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState("")
  const [chosen, setChosen] = useState(0)
  const { targets, busy, error } = useTargets(useRested(text.trim()))
  const place = Math.min(chosen, targets.length - 1)

  useEffect(() => dialog.current?.showModal(), [])

  function take(target: Target | undefined) {
    if (!target) return
    onClose()
    router.push(target.href)
  }

  function onKeyDown(event: KeyboardEvent) {
    const { length } = targets
    if (event.key === "Enter") take(targets[place])
    else if (event.key === "ArrowDown") setChosen(length ? (place + 1) % length : 0)
    else if (event.key === "ArrowUp") setChosen(length ? (place + length - 1) % length : 0)
    else return
    event.preventDefault()
  }

  const empty = text.trim() !== "" && !busy && targets.length === 0
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: escape closes a dialog by itself.
    <dialog
      ref={dialog}
      aria-label="Go to anything"
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
      className="mx-auto mt-[12vh] w-[min(38rem,calc(100vw-2rem))] overflow-hidden rounded-xl border border-line bg-panel text-ink shadow-2xl backdrop:bg-black/50"
    >
      <div className="flex items-center gap-3 border-b border-line px-4">
        <SearchIcon className="size-4 shrink-0 text-faint" aria-hidden="true" />
        <input
          role="combobox"
          aria-label="Go to"
          aria-expanded={targets.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={targets[place] ? `${id}-${place}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder="A session, clip, song, playlist or project"
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
          className="h-13 w-full bg-transparent outline-none placeholder:text-faint"
        />
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        tabIndex={-1}
        aria-label="Found"
        aria-busy={busy}
        className="h-[min(24rem,55vh)] overflow-y-auto p-2"
      >
        {targets.map((target, index) => (
          <Option
            key={target.href}
            id={`${id}-${index}`}
            target={target}
            chosen={index === place}
            onTake={() => take(target)}
            onPoint={() => setChosen(index)}
          />
        ))}
      </div>
      <p role="status" className={empty || error ? "border-t border-line px-4 py-3 text-sm text-soft" : "sr-only"}>
        {error ? words[reasonOf(error) ?? "INTERNAL"] : empty && "Nothing is found."}
      </p>
    </dialog>
  )
}
