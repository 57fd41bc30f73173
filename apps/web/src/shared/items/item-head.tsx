"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { limits } from "@strudel-agent/contract/limits"
import { PencilIcon } from "lucide-react"
import { type ReactNode, useEffect, useRef, useState } from "react"
import { Button, IconButton } from "#shared/ui/button.tsx"
import { PageTitle } from "#shared/ui/page.tsx"
import { offerForAWhile, toastError } from "#shared/ui/toast.tsx"
import { wordsOf } from "#shared/words/reasons.ts"

function NameForm({ name, onDone }: { name: string; onDone: (name: string | undefined) => void }) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onDone(field.current?.value.trim() || undefined)
      }}
      className="flex flex-wrap items-center gap-2"
    >
      <input
        ref={field}
        aria-label="Name"
        defaultValue={name}
        maxLength={limits.name}
        autoComplete="off"
        onKeyDown={(event) => event.key === "Escape" && onDone(undefined)}
        className="min-w-0 flex-1 rounded-md border border-edge bg-panel px-2 py-0.5 text-3xl font-semibold tracking-[-0.025em] md:text-4xl"
      />
      <Button type="submit">Rename</Button>
      <Button onClick={() => onDone(undefined)}>Cancel</Button>
    </form>
  )
}

/** The head of a page about something that can be renamed: what it is, its name, and what can be done with it. */
export function ItemHead({
  above,
  name,
  note,
  onRename,
  renaming,
  setRenaming,
  children,
}: {
  above: ReactNode
  name: string
  note?: ReactNode
  /** Stores a name; rejects where it is not stored. */
  onRename: (name: string) => Promise<unknown>
  renaming: boolean
  setRenaming: (renaming: boolean) => void
  /** Its buttons. */
  children?: ReactNode
}) {
  const pencil = useRef<HTMLButtonElement>(null)
  const [shown, setShown] = useState<string>()

  async function rename(next: string, offersUndo = true): Promise<void> {
    setShown(next)
    try {
      await onRename(next)
      if (offersUndo) offerForAWhile(`Renamed to ${next}.`, () => void rename(name, false))
    } catch (error) {
      toastError(`Still called ${name}. ${wordsOf(reasonOf(error) ?? "INTERNAL")}`, {
        name: "Try again",
        run: () => void rename(next),
      })
    } finally {
      setShown(undefined)
    }
  }

  function finish(next: string | undefined) {
    setRenaming(false)
    setTimeout(() => pencil.current?.focus())
    if (next && next !== name) void rename(next)
  }

  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      {renaming ? (
        <div className="flex min-w-0 flex-1 flex-col gap-1.5">
          {above}
          <h1 className="sr-only">{name}</h1>
          <NameForm name={name} onDone={finish} />
        </div>
      ) : (
        <PageTitle above={above} title={shown ?? name} note={note} />
      )}
      <div className="flex items-center gap-2">
        {!renaming && (
          <IconButton ref={pencil} label="Rename" aria-keyshortcuts="r" onClick={() => setRenaming(true)}>
            <PencilIcon aria-hidden="true" />
          </IconButton>
        )}
        {children}
      </div>
    </header>
  )
}
