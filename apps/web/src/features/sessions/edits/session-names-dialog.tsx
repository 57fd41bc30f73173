"use client"

import { limits } from "@strudel-agent/contract/limits"
import { useState } from "react"
import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"
import { Field } from "#shared/ui/field.tsx"
import { countOf, formatNumber } from "#shared/words/count.ts"
import { namesBy } from "./name-pattern.ts"
import type { ListedSession } from "./session-edits.ts"
import type { Renamed } from "./use-session-writes.ts"

/** Names that are shown before they are given. */
const mostShown = 50

/** Gives several sessions names by one pattern, and shows them before. */
export function SessionNamesDialog({
  sessions,
  onRename,
  onClose,
}: {
  sessions: ListedSession[]
  /** Answers the words of what went wrong. */
  onRename: (renamed: Renamed[]) => Promise<string | undefined>
  onClose: () => void
}) {
  const [pattern, setPattern] = useState("")
  const [refused, setRefused] = useState<string>()
  const [busy, setBusy] = useState(false)
  const names = namesBy(
    pattern,
    sessions.map(({ displayName }) => displayName),
  )
  const renamed = sessions.flatMap((session, place) => ({ session, name: names[place] ?? "" }))
  const tooLong = names.some((name) => name.length > limits.name)
  const problem = tooLong ? `Longer than a name may be: ${limits.name} characters` : refused

  async function rename() {
    if (busy || tooLong || names.length === 0) return
    setBusy(true)
    const problem = await onRename(renamed)
    if (problem === undefined) return onClose()
    setBusy(false)
    setRefused(problem)
  }
  return (
    <Dialog
      title={`Rename ${countOf(sessions.length, "session")}`}
      note="In a name, {n} is a running number and {name} the name so far."
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void rename()
        }}
      >
        <Field
          label="Name"
          value={pattern}
          maxLength={limits.name}
          autoFocus
          placeholder="Late night {n}"
          problem={problem}
          onChange={({ currentTarget }) => {
            setRefused(undefined)
            setPattern(currentTarget.value)
          }}
        />
        <ol
          aria-label="The names"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrow keys.
          tabIndex={0}
          className="mt-4 max-h-56 overflow-y-auto rounded-md border border-line bg-canvas px-3 py-1 text-sm"
        >
          {renamed.slice(0, mostShown).map(({ session, name }) => (
            <li key={session.id} className="grid grid-cols-2 gap-4 py-1">
              <span className={`truncate ${name ? "text-soft line-through decoration-edge" : ""}`}>
                {session.displayName}
              </span>
              <span className="truncate font-medium">{name}</span>
            </li>
          ))}
          {renamed.length > mostShown && (
            <li className="py-1 text-soft">and {formatNumber(renamed.length - mostShown)} more</li>
          )}
        </ol>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" busy={busy} disabled={tooLong || names.length === 0} className="border-accent">
            Rename
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
