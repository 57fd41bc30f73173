"use client"

import { limits } from "@strudel-agent/contract/limits"
import { BanIcon, CheckIcon, MinusIcon } from "lucide-react"
import { useId, useState } from "react"
import type { ClipCard } from "#shared/clip/clip-list.ts"
import { swatches } from "../editing/color-input.tsx"

/** Tags in sight at once. */
const most = 18

/** Puts tags on clips and takes them off: a click on one that all bear takes it off, on any other puts it on. */
export function TagPanel({
  clips,
  suggestions,
  onChange,
}: {
  clips: ClipCard[]
  suggestions: string[]
  onChange: (add: string[], remove: string[]) => void
}) {
  const id = useId()
  const [text, setText] = useState("")
  const wanted = text.trim()
  const borne = new Map<string, number>()
  for (const { facts } of clips) for (const tag of new Set(facts.tags)) borne.set(tag, (borne.get(tag) ?? 0) + 1)
  const own = [...borne.keys()].sort((one, other) => (borne.get(other) ?? 0) - (borne.get(one) ?? 0))
  const known = [...own, ...suggestions.filter((tag) => !borne.has(tag))]
  const shown = known.filter((tag) => tag.toLowerCase().includes(wanted.toLowerCase())).slice(0, most)
  const isNew = wanted !== "" && !known.includes(wanted)

  const toggle = (tag: string) => (borne.get(tag) === clips.length ? onChange([], [tag]) : onChange([tag], []))
  return (
    <form
      className="flex w-[min(29rem,calc(100vw-3.25rem))] flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted === "" || borne.get(wanted) === clips.length) return
        onChange([wanted], [])
        setText("")
      }}
    >
      <label htmlFor={id} className="sr-only">
        Tag
      </label>
      <input
        id={id}
        value={text}
        autoComplete="off"
        maxLength={limits.tag}
        placeholder="Find or make a tag"
        onChange={({ target }) => setText(target.value)}
        className="h-9 w-full rounded-md border border-line bg-canvas px-3 text-sm placeholder:text-faint hover:border-edge"
      />
      <div className="flex flex-wrap gap-1.5">
        {shown.map((tag) => {
          const count = borne.get(tag) ?? 0
          const all = count === clips.length
          return (
            <button
              key={tag}
              type="button"
              aria-pressed={all ? true : count > 0 ? "mixed" : false}
              onClick={() => toggle(tag)}
              className="flex max-w-full items-center gap-1 rounded-full border border-line bg-panel px-2.5 text-xs/6 text-soft hover:border-edge hover:text-ink aria-[pressed=mixed]:border-accent/50 aria-pressed:border-accent aria-pressed:bg-wash aria-pressed:text-ink"
            >
              {all && <CheckIcon className="size-3" aria-hidden="true" />}
              {!all && count > 0 && <MinusIcon className="size-3" aria-hidden="true" />}
              <span className="min-w-0 truncate">{tag}</span>
            </button>
          )
        })}
        {isNew && (
          <button
            type="submit"
            className="rounded-full border border-dashed border-edge px-2.5 text-xs/6 text-ink hover:border-accent"
          >
            Add “{wanted}”
          </button>
        )}
        {shown.length === 0 && !isNew && <p className="text-xs text-faint">No tags yet: write the first.</p>}
      </div>
    </form>
  )
}

/** Gives clips one of a few colours, or none. */
export const ColorPanel = ({ clips, onChange }: { clips: ClipCard[]; onChange: (color: string | null) => void }) => {
  const all = (color: string | undefined) => clips.every(({ facts }) => facts.color?.toLowerCase() === color)
  const shape =
    "grid size-7 place-items-center rounded-full border border-edge transition-transform hover:scale-110 aria-pressed:outline-2 aria-pressed:outline-offset-2 aria-pressed:outline-ink motion-reduce:transition-none"
  return (
    <fieldset className="flex flex-wrap gap-2.5">
      <legend className="sr-only">Colour</legend>
      {swatches.map(([color, name]) => (
        <button
          key={color}
          type="button"
          aria-label={name}
          title={name}
          aria-pressed={all(color)}
          onClick={() => onChange(color)}
          className={shape}
          style={{ backgroundColor: color }}
        />
      ))}
      <button
        type="button"
        aria-label="No colour"
        title="No colour"
        aria-pressed={all(undefined)}
        onClick={() => onChange(null)}
        className={`${shape} text-soft`}
      >
        <BanIcon className="size-4" aria-hidden="true" />
      </button>
    </fieldset>
  )
}
