"use client"

import { BanIcon } from "lucide-react"
import { Field } from "#shared/ui/field.tsx"

/** Colours that can be told apart on both themes. */
export const swatches = [
  ["#e5484d", "Red"],
  ["#f76b15", "Orange"],
  ["#e2a336", "Amber"],
  ["#46a758", "Green"],
  ["#12a594", "Teal"],
  ["#3e8fdd", "Blue"],
  ["#8e6fe0", "Violet"],
  ["#d6409f", "Pink"],
] as const

const shape =
  "grid size-6 place-items-center rounded-full border border-edge aria-pressed:outline-2 aria-pressed:outline-offset-2 aria-pressed:outline-ink"

/** A clip's colour: one of a few, or any by its value. */
export const ColorInput = ({
  value,
  problem,
  note,
  onChange,
}: {
  value: string
  problem: string | undefined
  note: string | undefined
  onChange: (value: string) => void
}) => (
  <div className="flex flex-col gap-2.5">
    <Field
      label="Colour"
      value={value}
      spellCheck={false}
      placeholder="#ff8f52"
      problem={problem}
      note={note}
      className="font-mono"
      onChange={({ target }) => onChange(target.value)}
    />
    <fieldset className="flex flex-wrap gap-2">
      <legend className="sr-only">Colours to choose from</legend>
      <button
        type="button"
        aria-label="No colour"
        title="No colour"
        aria-pressed={value === ""}
        onClick={() => onChange("")}
        className={`${shape} text-soft`}
      >
        <BanIcon className="size-3.5" aria-hidden="true" />
      </button>
      {swatches.map(([color, name]) => (
        <button
          key={color}
          type="button"
          aria-label={name}
          title={name}
          aria-pressed={value.toLowerCase() === color}
          onClick={() => onChange(color)}
          className={shape}
          style={{ backgroundColor: color }}
        />
      ))}
    </fieldset>
  </div>
)
