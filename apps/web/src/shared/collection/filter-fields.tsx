"use client"

import { SearchIcon } from "lucide-react"
import { useSearchParams } from "next/navigation"
import { type ComponentProps, type ReactNode, useId } from "react"

const box =
  "h-9 w-full min-w-0 rounded-md border border-line bg-panel px-3 text-sm text-ink placeholder:text-faint hover:border-edge"

const useInitial = (name: string) => useSearchParams().get(name) ?? ""

/** The field that "/" leads to. */
export function SearchField({ name, label }: { name: string; label: string }) {
  const initial = useInitial(name)
  return (
    <div className="relative min-w-48 flex-1 basis-56">
      <SearchIcon
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-faint"
        aria-hidden="true"
      />
      <input
        type="search"
        name={name}
        aria-label={label}
        placeholder={label}
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        defaultValue={initial}
        className={`${box} pl-9`}
      />
    </div>
  )
}

const Labelled = ({
  id,
  label,
  beside = false,
  children,
}: {
  id: string
  label: string
  beside?: boolean
  children: ReactNode
}) => (
  <div className={beside ? "flex items-center gap-2.5" : "min-w-0"}>
    <label
      htmlFor={id}
      className={beside ? "text-sm whitespace-nowrap text-soft" : "mb-1 block text-xs font-medium text-soft"}
    >
      {label}
    </label>
    {children}
  </div>
)

export function TextField({ name, label, ...rest }: ComponentProps<"input"> & { name: string; label: string }) {
  const id = useId()
  const initial = useInitial(name)
  return (
    <Labelled id={id} label={label}>
      <input
        id={id}
        name={name}
        type="text"
        autoComplete="off"
        spellCheck={false}
        defaultValue={initial}
        className={box}
        {...rest}
      />
    </Labelled>
  )
}

export interface Choice {
  value: string
  label: string
}

/** One of several values; one that the address names is offered too where it is not among them. */
export function SelectField({
  name,
  label,
  choices,
  beside = false,
}: {
  name: string
  label: string
  choices: Choice[]
  /** Whether its label stands beside it. */
  beside?: boolean
}) {
  const id = useId()
  const initial = useInitial(name)
  const known = choices.some(({ value }) => value === initial)
  return (
    <Labelled id={id} label={label} beside={beside}>
      <select id={id} name={name} defaultValue={initial} className={`${box} appearance-auto pr-1`}>
        {!known && <option value={initial}>{initial}</option>}
        {choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

/** One of a few values, all in sight. */
export function PillField({ name, label, choices }: { name: string; label: string; choices: Choice[] }) {
  const initial = useInitial(name)
  return (
    <fieldset className="flex rounded-md border border-line bg-panel p-0.5">
      <legend className="sr-only">{label}</legend>
      {choices.map(({ value, label }) => (
        <label
          key={value}
          className="flex h-7.5 items-center rounded px-2.5 text-sm text-soft hover:text-ink has-checked:bg-raised has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--line)] has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input type="radio" name={name} value={value} defaultChecked={value === initial} className="sr-only" />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
