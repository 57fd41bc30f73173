"use client"

import { PencilIcon, UnlinkIcon } from "lucide-react"
import { useEffect, useMemo, useRef, useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { makeClientId } from "#shared/browser/client-id.ts"
import { Markdown } from "#shared/markdown/markdown.tsx"
import { withoutTitle } from "#shared/markdown/summary.ts"
import { Button } from "#shared/ui/button.tsx"
import { Ago } from "#shared/ui/time.tsx"
import { showToast, toastError } from "#shared/ui/toast.tsx"
import { announceRestoredDraft } from "#shared/versioned-draft/restored-draft.ts"
import { useFoundDraft } from "#shared/versioned-draft/use-kept-draft.ts"
import { countOf } from "#shared/words/count.ts"
import type { TextPartProps } from "./text-part-props.ts"
import { type OpenedDraft, type TextDraft, textDrafts } from "./text-storage.ts"
import { useMissing } from "./use-missing.ts"

const TextEditor = onDemand(() => import("./text-editor.tsx").then((part) => part.TextEditor))

/** What a text links to and that is not there, in words. */
function Missing({ keys }: { keys: string[] }) {
  if (keys.length === 0) return null
  const named = keys.map((key) => key.replace(/^(\w+):.*?\/(.*)$/, "$1 $2"))
  return (
    <p className="flex items-start gap-2 rounded-md border border-line px-3 py-2 text-xs text-soft">
      <UnlinkIcon className="mt-0.5 size-3.5 shrink-0 text-danger" aria-hidden="true" />
      <span className="[overflow-wrap:anywhere]">
        {countOf(keys.length, "link leads", "links lead")} nowhere: {named.join(", ")}
      </span>
    </p>
  )
}

/** A text about something, to be read and written. */
export function TextPart(props: TextPartProps) {
  const { title, empty, stored, name, base, broken, draftName } = props
  const [opened] = useState(stored.text)
  const [first] = useState(broken && { text: stored.text, keys: broken })
  const missing = useMissing(stored.text, base, first)
  const [editing, setEditing] = useState<{ draft: OpenedDraft | undefined }>()
  const place = useMemo(() => textDrafts(draftName), [draftName])
  const [left, setLeft] = useFoundDraft(place, { isStale: ({ text }) => text === opened })
  const button = useRef<HTMLButtonElement>(null)

  const isThere = useRef(true)
  const isWriting = useRef(false)
  isWriting.current = editing !== undefined

  useEffect(() => {
    isThere.current = true
    return () => {
      isThere.current = false
    }
  }, [])

  /** Goes back to what was thrown away; where the page was left since, that is kept for the next one. */
  function reopen(draft: TextDraft) {
    if (isThere.current && isWriting.current) return toastError("Not brought back: you are writing it anew.")
    if (isThere.current) return setEditing({ draft })
    if (place.read() || !place.keep(draft, makeClientId())) {
      toastError("Not brought back: this browser keeps another draft of it, or has no room.")
      return
    }
    showToast("What you wrote is kept as a draft in this browser.")
    announceRestoredDraft(place.key)
  }

  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-3">
      <div className="flex min-h-9 items-center justify-between gap-3">
        <h2 className="text-sm font-semibold">{title}</h2>
        {!editing && (
          <Button
            ref={button}
            data-edit-text
            onClick={() => {
              setEditing({ draft: left ?? undefined })
              setLeft(null)
            }}
            aria-label={`Edit ${title.toLowerCase()}`}
          >
            <PencilIcon aria-hidden="true" />
            Edit
          </Button>
        )}
      </div>
      {left && !editing && (
        <div role="status" className="flex flex-col gap-2 rounded-card border border-edge bg-panel px-4 py-3 text-sm">
          <p>
            You wrote a draft that is not saved: <Ago at={new Date(left.at).toISOString()} />.
          </p>
          <div className="flex flex-wrap gap-2">
            <Button
              onClick={() => {
                setEditing({ draft: left ?? undefined })
                setLeft(null)
              }}
            >
              Go on with it
            </Button>
            <Button
              onClick={() => {
                place.drop()
                setLeft(null)
              }}
            >
              Throw it away
            </Button>
          </div>
        </div>
      )}
      {editing ? (
        <TextEditor
          {...props}
          broken={missing}
          draft={editing.draft}
          onReopen={reopen}
          onDone={() => {
            setEditing(undefined)
            setLeft(null)
            setTimeout(() => button.current?.focus())
          }}
        />
      ) : stored.text.trim() ? (
        <>
          <Markdown text={withoutTitle(stored.text, name)} base={base} broken={missing} start={3} />
          <Missing keys={missing} />
        </>
      ) : (
        <p className="text-sm text-soft">{empty}</p>
      )}
    </section>
  )
}
