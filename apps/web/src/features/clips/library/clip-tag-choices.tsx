"use client"

import { foldText } from "@strudel-agent/contract/search/fold"
import { useState } from "react"

/** Tags in sight before all of them are asked for. */
const few = 16
/** Tags from which on there is a field to find one. */
const many = 24

interface Choice {
  tag: string
  count: number
}

/** The tags to choose from as chips, with how many clips bear each. Those that are chosen come first. */
export function TagChoices({
  choices,
  chosen,
  onChange,
}: {
  choices: Choice[]
  chosen: string[]
  onChange: (tags: string[]) => void
}) {
  const [all, setAll] = useState(false)
  const [wanted, setWanted] = useState("")
  const known = new Map(choices.map(({ tag, count }) => [tag, count]))
  const rest = choices.filter(({ tag }) => !chosen.includes(tag) && foldText(tag).includes(foldText(wanted)))
  const shown = all || wanted ? rest : rest.slice(0, Math.max(few - chosen.length, 0))
  const toggle = (tag: string) =>
    onChange(chosen.includes(tag) ? chosen.filter((other) => other !== tag) : [...chosen, tag])
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-xs font-medium text-soft">Tags</legend>
      {choices.length > many && (
        <input
          type="text"
          aria-label="Find a tag"
          placeholder="Find a tag"
          autoComplete="off"
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
          className="mb-2 h-8 w-full rounded-md border border-line bg-panel px-2.5 text-sm placeholder:text-faint hover:border-edge"
        />
      )}
      <div className="flex flex-wrap gap-1.5">
        {[...chosen.map((tag) => ({ tag, count: known.get(tag) })), ...shown].map(({ tag, count }) => (
          <label
            key={tag}
            className="flex max-w-full cursor-pointer items-center gap-1.5 rounded-full border border-line bg-panel px-2.5 text-xs/6 text-soft transition-colors hover:border-edge hover:text-ink has-checked:border-accent has-checked:bg-wash has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent"
          >
            <input
              type="checkbox"
              name="tag"
              value={tag}
              checked={chosen.includes(tag)}
              onChange={() => toggle(tag)}
              className="sr-only"
            />
            <span className="min-w-0 truncate">{tag}</span>
            {count !== undefined && <span className="font-mono text-[0.6875rem] text-faint">{count}</span>}
          </label>
        ))}
        {shown.length === 0 && chosen.length === 0 && <p className="text-xs text-faint">No tags.</p>}
      </div>
      {!wanted && rest.length > shown.length && (
        <button type="button" onClick={() => setAll(true)} className="mt-2 text-xs text-accent hover:underline">
          All {choices.length} tags
        </button>
      )}
      {all && !wanted && (
        <button type="button" onClick={() => setAll(false)} className="mt-2 text-xs text-accent hover:underline">
          Fewer
        </button>
      )}
    </fieldset>
  )
}
