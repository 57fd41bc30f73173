"use client"

import { EntryKind } from "@strudel-agent/reference/entry"
import { searchReference } from "@strudel-agent/reference/search"
import { useDeferredValue, useEffect, useRef, useState } from "react"
import { loadPlayer } from "#shared/player/load-player.ts"
import { usePlayer } from "#shared/player/use-player.ts"
import { Button } from "#shared/ui/button.tsx"
import { Dialog } from "#shared/ui/dialog.tsx"
import { Field, Select } from "#shared/ui/field.tsx"
import { ReferenceEntry } from "./reference-entry.tsx"

/** Entries that are drawn at once. */
const some = 12

const kinds: Record<EntryKind, string> = {
  ...{ function: "Functions", control: "Controls", signal: "Signals", notation: "Mini notation" },
  ...{ sound: "Sounds", bank: "Drum machines", scale: "Scales", chord: "Chords" },
}

/** Brings back what played before an example did. */
async function endExample(): Promise<void> {
  if (!usePlayer.getState().playable?.id.startsWith("reference ")) return
  await (await loadPlayer()).endPreview()
}

interface Asked {
  query: string
  kind: EntryKind | undefined
  limit: number
}

interface FoundProps {
  asked: Asked
  onAsk: (asked: Asked) => void
  isOpen: () => boolean
  onInsert: Insert
}

function Found({ asked, onAsk, isOpen, onInsert }: FoundProps) {
  const { query, kind, limit } = asked
  const { items, exact, nearest } = searchReference({ query, kind, limit: limit + 1 })
  const shown = items.slice(0, limit)
  return (
    <>
      {nearest.length > 0 && !exact && (
        <p className="mb-3 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-soft">
          Nothing is called “{query.trim()}”. Did you mean
          {nearest.map((name) => (
            <button
              key={name}
              type="button"
              onClick={() => onAsk({ query: name, kind, limit: some })}
              className="rounded-sm font-mono text-ink underline decoration-accent underline-offset-4 pointer-coarse:py-2"
            >
              {name}
            </button>
          ))}
          ?
        </p>
      )}
      {shown.map((entry) => (
        <ReferenceEntry key={`${entry.kind} ${entry.name}`} entry={entry} isOpen={isOpen} onInsert={onInsert} />
      ))}
      {shown.length === 0 && (
        <p className="text-sm text-soft">Nothing does that by its description; say it otherwise.</p>
      )}
      {items.length > limit && (
        <Button onClick={() => onAsk({ ...asked, limit: limit + 4 * some })} className="mt-2">
          Show more
        </Button>
      )}
    </>
  )
}

type Insert = ((example: string) => void) | undefined

/** The language of this build: found by a name or by what something does, with examples that play. */
export function ReferenceDialog({
  query,
  onInsert,
  onClose,
}: {
  /** What is looked up first. */
  query: string
  /** Puts an example into the code; undefined where there is none to put it into. */
  onInsert: Insert
  onClose: () => void
}) {
  const [asked, setAsked] = useState<Asked>({ query, kind: undefined, limit: some })
  const found = useDeferredValue(asked)
  const isOpen = useRef(false)
  useEffect(() => {
    isOpen.current = true
    return () => {
      isOpen.current = false
      endExample().catch(() => {})
    }
  }, [])
  const { items } = searchReference({ query: found.query, kind: found.kind, limit: some + 1 })
  return (
    <Dialog
      title="The language"
      note="Examples play in the place of what plays, until you close this."
      wide
      onClose={onClose}
    >
      <search className="mb-5 grid gap-3 sm:grid-cols-[minmax(0,1fr)_12rem]">
        <Field
          label="A name, or what it does"
          type="search"
          value={asked.query}
          placeholder="stutter, darker, lpf…"
          spellCheck={false}
          autoCapitalize="off"
          onFocus={({ currentTarget }) => currentTarget.select()}
          onChange={({ currentTarget }) => setAsked({ ...asked, query: currentTarget.value, limit: some })}
        />
        <Select
          label="Kind"
          value={asked.kind ?? ""}
          onChange={({ currentTarget }) => {
            const { data: kind } = EntryKind.safeParse(currentTarget.value)
            setAsked({ ...asked, kind, limit: some })
          }}
        >
          <option value="">Everything</option>
          {EntryKind.options.map((kind) => (
            <option key={kind} value={kind}>
              {kinds[kind]}
            </option>
          ))}
        </Select>
      </search>
      <p role="status" className="sr-only">
        {items.length > some
          ? `More than ${some} entries`
          : `${items.length} ${items.length === 1 ? "entry" : "entries"}`}
      </p>
      <Found asked={found} onAsk={setAsked} isOpen={() => isOpen.current} onInsert={onInsert} />
    </Dialog>
  )
}
