"use client"

import { type KeyboardEvent, type ReactNode, useId, useState } from "react"
import { Choice } from "#shared/items/choice.tsx"
import { Field } from "#shared/ui/field.tsx"
import { countOf } from "#shared/words/count.ts"
import { foundModels, type ListedModel } from "./found-models.ts"

/** A field for the name of a model, which offers those of the provider that have what is typed in their names. */
export function ModelField({
  models,
  value,
  onChange,
  ...field
}: {
  models: ListedModel[]
  value: string
  onChange: (value: string) => void
  disabled: boolean
  note?: ReactNode
  problem?: string | undefined
}) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState(-1)
  const found = isOpen ? foundModels(models, value) : []
  const isShown = found.length > 0

  function close() {
    setOpen(false)
    setChosen(-1)
  }
  function take(model: ListedModel) {
    onChange(model.id)
    close()
  }
  function onKeyDown(event: KeyboardEvent) {
    const { length } = found
    const item = found[chosen]
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1
      if (!isOpen) setOpen(true)
      else if (length > 0) setChosen(chosen < 0 && step < 0 ? length - 1 : (chosen + step + length) % length)
    } else if (event.key === "Enter" && item) take(item)
    else if (event.key === "Escape" && isShown) close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="relative">
      <Field
        label="Model"
        {...field}
        value={value}
        spellCheck={false}
        className="font-mono"
        role="combobox"
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        aria-activedescendant={isShown && chosen >= 0 ? `${id}-${chosen}` : undefined}
        aria-autocomplete="list"
        onChange={({ target }) => {
          onChange(target.value)
          setOpen(true)
          setChosen(-1)
        }}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Names to choose from"
        hidden={!isShown}
        className="absolute inset-x-0 top-[3.9rem] z-10 max-h-64 overflow-y-auto rounded-card border border-accent bg-panel p-1.5 shadow-lg"
      >
        {found.map((model, index) => (
          <Choice
            key={model.id}
            item={{ key: model.id, name: model.id, note: model.name ?? "" }}
            id={`${id}-${index}`}
            chosen={index === chosen}
            onTake={() => take(model)}
            onPoint={() => setChosen(index)}
          />
        ))}
      </div>
      <p role="status" className="sr-only">
        {isShown ? `${countOf(found.length, "model")} found` : ""}
      </p>
    </div>
  )
}
