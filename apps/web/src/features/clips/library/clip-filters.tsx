"use client"

import type { ClipFacets } from "@strudel-agent/contract/clip/bulk"
import { soundNames, soundWords } from "@strudel-agent/contract/clip/sound-words"
import { type ReactNode, useId } from "react"
import { BpmRange } from "./bpm-range.tsx"
import type { ClipAddress } from "./clip-address.ts"
import { stateNames } from "./clip-filter.ts"
import { TagChoices } from "./clip-tag-choices.tsx"

const box =
  "h-9 w-full min-w-0 rounded-md border border-line bg-panel px-2.5 pr-1 text-sm text-ink hover:border-edge appearance-auto"

interface Choice {
  value: string
  label: string
}

/** One of several values; one that the address names is offered too where it is not among them. */
function Choose({
  label,
  name,
  value,
  choices,
  onChange,
}: {
  label: string
  name: string
  value: string | undefined
  choices: Choice[]
  onChange: (value: string | null) => void
}) {
  const id = useId()
  const known = value === undefined || choices.some((choice) => choice.value === value)
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-xs font-medium text-soft">
        {label}
      </label>
      <select
        id={id}
        name={name}
        value={value ?? ""}
        onChange={({ target }) => onChange(target.value || null)}
        className={box}
      >
        <option value="">Any</option>
        {!known && <option value={value}>{value}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  )
}

const isColor = (color: string) => /^#[0-9a-f]{3,8}$/i.test(color)

function Swatches({
  colors,
  value,
  onChange,
}: {
  colors: { color: string; count: number }[]
  value: string | undefined
  onChange: (color: string | null) => void
}) {
  const known = colors.filter(({ color }) => isColor(color)).slice(0, 24)
  if (known.length === 0) return null
  return (
    <fieldset>
      <legend className="mb-1.5 text-xs font-medium text-soft">Colour</legend>
      <div className="flex flex-wrap gap-2">
        {known.map(({ color, count }) => (
          <button
            key={color}
            type="button"
            aria-pressed={value === color}
            aria-label={`Colour ${color}, ${count} ${count === 1 ? "clip" : "clips"}`}
            title={`${color} · ${count}`}
            onClick={() => onChange(value === color ? null : color)}
            className="size-6 rounded-full shadow-[inset_0_0_0_1px_rgb(128_128_128/0.4)] transition-transform hover:scale-110 aria-pressed:outline-2 aria-pressed:outline-offset-2 aria-pressed:outline-ink motion-reduce:transition-none"
            style={{ backgroundColor: color }}
          />
        ))}
      </div>
    </fieldset>
  )
}

const uses = [
  { value: undefined, label: "All" },
  { value: true, label: "In songs" },
  { value: false, label: "Unused" },
]

function UseChoice({ value, onChange }: { value: boolean | undefined; onChange: (used: string | null) => void }) {
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-soft">Use</legend>
      <div className="flex rounded-md border border-line bg-panel p-0.5">
        {uses.map(({ value: used, label }) => (
          <label
            key={label}
            className="flex h-7.5 flex-1 cursor-pointer items-center justify-center rounded px-1.5 text-sm whitespace-nowrap text-soft hover:text-ink has-checked:bg-raised has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--line)] has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="used"
              checked={value === used}
              onChange={() => onChange(used === undefined ? null : used ? "yes" : "no")}
              className="sr-only"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const numberText = (value: number | undefined) => (value === undefined ? null : String(value))

const counted = (value: string, label: string, count: number): Choice => ({ value, label: `${label} · ${count}` })

/** The filters of the library. Each change is in the address at once. */
export function ClipFilters({
  address: { filter, go },
  facets,
  children,
}: {
  address: ClipAddress
  facets: ClipFacets | undefined
  children?: ReactNode
}) {
  const { projects = [], tags = [], scales = [], colors = [], authors = [] } = facets ?? {}
  return (
    <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-1">
      <Choose
        label="Project"
        name="project"
        value={filter.projectId}
        choices={projects.map(({ projectId, name, count }) => counted(projectId, name, count))}
        onChange={(project) => go({ project })}
      />
      <BpmRange
        value={{ min: filter.bpmMin, max: filter.bpmMax }}
        lowest={facets?.bpmMin ?? 60}
        highest={facets?.bpmMax ?? 180}
        onChange={({ min, max }) => go({ bpm_min: numberText(min), bpm_max: numberText(max) })}
      />
      <div className="sm:col-span-2 lg:col-span-1">
        <TagChoices choices={tags} chosen={filter.tags ?? []} onChange={(tag) => go({ tag, untagged: null })} />
      </div>
      <Choose
        label="Scale"
        name="scale"
        value={filter.scale}
        choices={scales.map(({ scale, count }) => counted(scale, scale, count))}
        onChange={(scale) => go({ scale })}
      />
      <Swatches colors={colors} value={filter.color} onChange={(color) => go({ color })} />
      <Choose
        label="Author"
        name="author"
        value={filter.author}
        choices={authors.map(({ author, count }) => counted(author, author, count))}
        onChange={(author) => go({ author })}
      />
      <Choose
        label="Code"
        name="state"
        value={filter.state?.[0]}
        choices={Object.entries(stateNames).map(([value, label]) => ({ value, label }))}
        onChange={(state) => go({ state })}
      />
      <Choose
        label="Sound"
        name="sound"
        value={filter.sound?.[0]}
        choices={soundNames.map((word) => ({
          value: word,
          label: `${soundWords[word].name}: ${soundWords[word].means}`,
        }))}
        onChange={(sound) => go({ sound })}
      />
      <UseChoice value={filter.used} onChange={(used) => go({ used })} />
      {children}
    </div>
  )
}
