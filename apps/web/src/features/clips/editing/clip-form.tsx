"use client"

import { useId, useState } from "react"
import { Field, TextArea } from "#shared/ui/field.tsx"
import { Fact, Facts, Part } from "#shared/ui/page.tsx"
import { inWords } from "#shared/versions/metadata-words.ts"
import type { Content } from "./clip-editing.ts"
import type { Problems } from "./clip-problems.ts"
import { ColorInput } from "./color-input.tsx"
import { type FieldName, type Fields, fieldNames, oddValues } from "./metadata-fields.ts"
import { scales } from "./scales.ts"
import { TagsInput } from "./tags-input.tsx"

/** The keys of a clip's metadata that the form has no field for. */
function OtherMetadata({ metadata }: { metadata: Content["metadata"] }) {
  const known = new Set<string>(fieldNames)
  const others = Object.entries(metadata).flatMap(([key, value]) => {
    const text = known.has(key) ? undefined : inWords(value)
    return text === undefined ? [] : [{ key, text }]
  })
  if (others.length === 0) return null
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-sm font-medium">Other metadata</h3>
      <Facts>
        {others.map(({ key, text }) => (
          <Fact key={key} name={key}>
            <span className="line-clamp-3 font-mono text-xs/5">{text}</span>
          </Fact>
        ))}
      </Facts>
      <p className="text-xs text-soft">Kept as it is.</p>
    </div>
  )
}

/** What is known of a clip, to be filled in. It is saved together with the code. */
export function ClipForm({
  fields,
  metadata,
  problems,
  locked,
  onChange,
}: {
  fields: Fields
  /** What is stored, for what the form has no field for. */
  metadata: Content["metadata"]
  problems: Problems
  locked: boolean
  onChange: (fields: Fields) => void
}) {
  const scaleList = useId()
  const [suggesting, setSuggesting] = useState(false)
  const odd = oddValues(metadata)
  const put = (change: Partial<Fields>) => onChange({ ...fields, ...change })
  const noteOf = (name: FieldName, usual?: string): string | undefined =>
    odd[name] && fields[name].length === 0 ? `Stored is ${odd[name]}, which stays until you fill this in.` : usual

  return (
    <Part title="Details">
      <fieldset disabled={locked} className="flex min-w-0 flex-col gap-4">
        <legend className="sr-only">Details of the clip</legend>
        <div className="grid grid-cols-2 gap-3">
          <Field
            label="Tempo"
            inputMode="decimal"
            value={fields.bpm}
            placeholder="bpm"
            problem={problems.bpm}
            note={noteOf("bpm")}
            onChange={({ target }) => put({ bpm: target.value })}
          />
          <Field
            label="Beats per cycle"
            inputMode="decimal"
            value={fields.beats_per_cycle}
            placeholder="auto"
            problem={problems.beats_per_cycle}
            note={noteOf("beats_per_cycle", "Empty: as tempo and code tell, else 4")}
            onChange={({ target }) => put({ beats_per_cycle: target.value })}
          />
        </div>
        <Field
          label="Scale"
          list={suggesting ? scaleList : undefined}
          value={fields.scale}
          placeholder="C minor"
          problem={problems.scale}
          note={noteOf("scale")}
          onFocus={() => setSuggesting(true)}
          onChange={({ target }) => put({ scale: target.value })}
        />
        {suggesting && (
          <datalist id={scaleList}>
            {scales.map((scale) => (
              <option key={scale} value={scale} />
            ))}
          </datalist>
        )}
        <TagsInput
          tags={fields.tags}
          problem={problems.tags}
          note={noteOf("tags", "Enter or a comma puts a tag on.")}
          onChange={(tags) => put({ tags })}
        />
        <ColorInput
          value={fields.color}
          problem={problems.color}
          note={noteOf("color")}
          onChange={(color) => put({ color })}
        />
        <TextArea
          label="Description"
          value={fields.description}
          problem={problems.description}
          note={noteOf("description")}
          onChange={({ target }) => put({ description: target.value })}
        />
        <Field
          label="Author"
          value={fields.author}
          problem={problems.author}
          note={noteOf("author")}
          onChange={({ target }) => put({ author: target.value })}
        />
      </fieldset>
      {problems.metadata && (
        <p role="alert" className="text-xs text-danger">
          {problems.metadata}
        </p>
      )}
      <OtherMetadata metadata={metadata} />
    </Part>
  )
}
