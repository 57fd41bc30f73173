"use client"

import { LayoutGridIcon, Rows3Icon, SearchIcon, XIcon } from "lucide-react"
import { useEffect, useEffectEvent, useRef, useState } from "react"
import { useHydrated } from "#shared/api/use-hydrated.ts"
import type { ClipAddress } from "./clip-address.ts"
import { activeFilters, groupNames, sortNames } from "./clip-filter.ts"

/** Milliseconds of rest after which what was typed takes effect. */
const rest = 160

const box = "h-9 rounded-md border border-line bg-panel text-sm text-ink hover:border-edge"

function Search({ address: { filter, go } }: { address: ClipAddress }) {
  const value = filter.q ?? ""
  const [text, setText] = useState(value)
  const [former, setFormer] = useState(value)
  const field = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (former !== value) {
    setFormer(value)
    // What is being typed is ahead of the address.
    if (text.trim() !== value) setText(value)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  function type(typed: string) {
    setText(typed)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => go({ q: typed.trim() || null }), rest)
  }
  const onLife = useEffectEvent(() => {
    // What was typed before the page came to life.
    const typed = field.current?.value ?? text
    if (typed !== text) type(typed)
  })
  useEffect(() => onLife(), [])
  return (
    <search aria-label="Filter clips" className="relative min-w-44 flex-1 basis-56">
      <SearchIcon
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-faint"
        aria-hidden="true"
      />
      <input
        ref={field}
        type="search"
        name="q"
        aria-label="Name or code"
        placeholder="Name or code"
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={({ target }) => type(target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return
          if (text === "") field.current?.blur()
        }}
        className={`${box} w-full min-w-0 px-3 pl-9 placeholder:text-faint`}
      />
    </search>
  )
}

const views = [
  ["cards", "Cards", LayoutGridIcon],
  ["rows", "Rows", Rows3Icon],
] as const

/** The search, the order, the groups, and how clips are drawn. */
export function ClipToolbar({ address }: { address: ClipAddress }) {
  const { sort, look, go, draw } = address
  const hydrated = useHydrated()
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Search address={address} />
      <select
        aria-label="Sort by"
        disabled={!hydrated}
        value={sort}
        onChange={({ target }) => go({ sort: target.value === "updated" ? null : target.value })}
        className={`${box} appearance-auto px-2.5 pr-1`}
      >
        {Object.entries(sortNames).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <select
        aria-label="Group"
        disabled={!hydrated}
        value={look.group}
        onChange={({ target }) => {
          const group = keysOf(groupNames).find((name) => name === target.value)
          if (group) draw({ group })
        }}
        className={`${box} appearance-auto px-2.5 pr-1`}
      >
        {Object.entries(groupNames).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <fieldset className="flex rounded-md border border-line bg-panel p-0.5">
        <legend className="sr-only">Show as</legend>
        {views.map(([view, name, Icon]) => (
          <label
            key={view}
            title={name}
            className="grid h-7.5 w-9 cursor-pointer place-items-center rounded text-soft hover:text-ink has-checked:bg-raised has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--line)] has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="view"
              value={view}
              checked={look.view === view}
              onChange={() => draw({ view })}
              className="sr-only"
            />
            <Icon className="size-4" aria-hidden="true" />
            <span className="sr-only">{name}</span>
          </label>
        ))}
      </fieldset>
    </div>
  )
}

const keysOf = <K extends string>(table: Record<K, unknown>): K[] => {
  const isKey = (key: string): key is K => Object.hasOwn(table, key)
  return Object.keys(table).filter(isKey)
}

/** What the library is filtered by, each to be let go of. */
export function ActiveFilters({
  address: { filter, go, clear },
  projectName,
}: {
  address: ClipAddress
  projectName: (id: string) => string
}) {
  const active = activeFilters(filter, projectName)
  if (active.length === 0) return null
  return (
    <ul aria-label="Filters that are set" className="flex flex-wrap items-center gap-1.5">
      {active.map(({ label, drop, tag }) => (
        <li key={label}>
          <button
            type="button"
            aria-label={`Remove the filter ${label}`}
            onClick={() => go(tag === undefined ? drop : { tag: (filter.tags ?? []).filter((other) => other !== tag) })}
            className="flex max-w-72 items-center gap-1 rounded-full border border-accent/50 bg-wash pr-1.5 pl-2.5 text-xs/6 text-ink hover:border-accent"
          >
            <span className="min-w-0 truncate">{label}</span>
            <XIcon className="size-3 shrink-0 text-soft" aria-hidden="true" />
          </button>
        </li>
      ))}
      <li>
        <button type="button" onClick={clear} className="px-1.5 text-xs/6 text-accent hover:underline">
          Clear all
        </button>
      </li>
    </ul>
  )
}
