"use client"

import { limits } from "@strudel-agent/contract/limits"
import { LinkIcon } from "lucide-react"
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from "react"
import { Finder } from "#shared/items/finder.tsx"
import { Markdown } from "#shared/markdown/markdown.tsx"
import { Button } from "#shared/ui/button.tsx"
import { offerForAWhile, showToast } from "#shared/ui/toast.tsx"
import { draftSteps } from "#shared/versioned-draft/draft-state.ts"
import { createDraft } from "#shared/versioned-draft/draft-store.ts"
import { useKeepDraft } from "#shared/versioned-draft/use-kept-draft.ts"
import { useUnloadGuard } from "#shared/versioned-draft/use-leave-guard.ts"
import { type FoundLink, markdownLink, useFoundLinks } from "./found-links.ts"
import { movedRange } from "./moved-range.ts"
import { TextConflict } from "./text-conflict.tsx"
import type { TextPartProps } from "./text-part-props.ts"
import { type OpenedDraft, saveText, type TextDraft, textDrafts, textKind } from "./text-storage.ts"
import { useMissing } from "./use-missing.ts"

const sayTooLong = (text: string): string | undefined => {
  const bytes = new TextEncoder().encode(text).length
  const most = limits.bodyBytes
  return bytes > most ? `It is ${(bytes - most).toLocaleString("en-GB")} bytes longer than a text may be.` : undefined
}

const steps = draftSteps(textKind)

interface LinkQuery {
  /** The characters of the text that the link takes the place of. */
  from: number
  to: number
  text: string
}

/** Two brackets before the caret, with what was typed behind them. */
function bracketsBefore(text: string, caret: number): LinkQuery | undefined {
  const match = /\[\[([^\]\n]{0,60})$/.exec(text.slice(0, caret))
  return match ? { from: match.index, to: caret, text: match[1] ?? "" } : undefined
}

/** The editor of a text: markdown, a preview, links to clips and songs by search. */
export function TextEditor({
  title,
  stored,
  base,
  broken,
  draftName,
  storage,
  draft,
  onDone,
  onReopen,
}: TextPartProps & {
  draft: OpenedDraft | undefined
  onDone: () => void
  /** Goes back to what was thrown away. */
  onReopen: (draft: TextDraft) => void
}) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [store] = useState(() => {
    const began = steps.begin(draft ? { text: draft.base, updatedAt: draft.updatedAt } : stored)
    return createDraft(textKind, draft ? { ...began, draft: draft.text } : began)
  })
  const { base: from, newest, draft: text, phase } = useSyncExternalStore(store.subscribe, store.state, store.state)
  const [view, setView] = useState<"write" | "preview">("write")
  const [link, setLink] = useState<LinkQuery>()
  const caret = useRef<number>(undefined)
  const isDirty = text !== from.text
  const unsaved = useMemo(
    () => (isDirty ? { text, base: from.text, updatedAt: from.updatedAt } : undefined),
    [isDirty, text, from],
  )
  const place = useMemo(() => textDrafts(draftName), [draftName])
  const { kept, drop, end } = useKeepDraft(place, {
    unsaved,
    from: draft?.by,
    onLeft: () => showToast("What you wrote is kept as a draft in this browser."),
  })
  useUnloadGuard(isDirty)
  const busy = phase.kind === "saving"
  const theirs = phase.kind === "conflict" ? newest : undefined
  const problem = phase.kind === "failed" ? `Not saved; what you wrote is kept. ${phase.text}` : undefined
  const missing = useMissing(text, base, broken && { text: stored.text, keys: broken })
  const tooLong = sayTooLong(text)

  const isThere = useRef(true)
  useEffect(() => {
    isThere.current = true
    field.current?.focus({ preventScroll: true })
    return () => {
      isThere.current = false
    }
  }, [])
  useLayoutEffect(() => {
    if (caret.current === undefined || link) return
    field.current?.focus()
    field.current?.setSelectionRange(caret.current, caret.current)
    caret.current = undefined
  })

  function finish() {
    end()
    place.drop()
    onDone()
  }

  async function save() {
    if (busy || tooLong) return
    if (link) closeFinder(link)
    const { draft: mine, base } = store.state()
    const outcome = await store.write(() => saveText(storage, mine, base))
    if (outcome !== "saved" || steps.isDirty(store.state())) return
    if (isThere.current) finish()
    else drop()
  }

  /** Lets go of what was written, with a way back. */
  function throwAway() {
    finish()
    if (unsaved) offerForAWhile("Thrown away what you wrote.", () => onReopen(unsaved))
  }

  function closeFinder({ to }: LinkQuery) {
    caret.current = to
    setLink(undefined)
  }

  function insert(found: FoundLink) {
    const { from: start, to } = link ?? { from: text.length, to: text.length }
    const inserted = markdownLink(found)
    store.edit(text.slice(0, start) + inserted + text.slice(to))
    caret.current = start + inserted.length
    setLink(undefined)
  }

  function onKeyDown(event: KeyboardEvent) {
    const isCommand = event.metaKey || event.ctrlKey
    if (isCommand && event.key.toLowerCase() === "s") void save()
    else if (isCommand && event.key === "Enter") void save()
    else if (event.key === "Escape" && !isDirty && !busy) onDone()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  function askForLink() {
    const at = field.current?.selectionEnd ?? text.length
    setView("write")
    setLink({ from: field.current?.selectionStart ?? at, to: at, text: "" })
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens for the keys of its fields.
    <div onKeyDown={onKeyDown} className="flex flex-col gap-3">
      {theirs && (
        <TextConflict
          theirs={theirs}
          mine={text}
          onTakeTheirs={throwAway}
          onSaveMine={() => {
            store.change({ base: theirs })
            void save()
          }}
        />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <fieldset className="flex rounded-md border border-line bg-panel p-0.5">
          <legend className="sr-only">{title}: view</legend>
          {(["write", "preview"] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={view === each}
              onClick={() => setView(each)}
              className="h-7.5 rounded px-2.5 text-sm text-soft hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink aria-pressed:shadow-[0_0_0_1px_var(--line)]"
            >
              {each === "write" ? "Write" : "Preview"}
            </button>
          ))}
        </fieldset>
        <Button disabled={busy} onClick={askForLink}>
          <LinkIcon aria-hidden="true" />
          Insert link
        </Button>
      </div>
      {view === "write" ? (
        <textarea
          ref={field}
          aria-label={title}
          aria-describedby={`${draftName}-hint`}
          value={text}
          readOnly={busy}
          rows={Math.min(Math.max(text.split("\n").length + 2, 12), 28)}
          onChange={({ target }) => {
            store.edit(target.value)
            const asked = bracketsBefore(target.value, target.selectionEnd)
            setLink((open) => asked ?? (open && { ...open, ...movedRange(open, text, target.value) }))
          }}
          className="w-full resize-y rounded-card border border-line bg-panel px-4 py-3 font-mono text-[0.8125rem]/[1.65] hover:border-edge"
        />
      ) : (
        <div className="min-h-40 rounded-card border border-line bg-panel px-4 py-3">
          {text.trim() ? (
            <Markdown text={text} base={base} broken={missing} start={3} />
          ) : (
            <p className="text-sm text-soft">Nothing is written yet.</p>
          )}
        </div>
      )}
      {link && (
        <Finder
          label="Find a clip or song to link to"
          initial={link.text}
          projectId={base.projectId}
          useFound={useFoundLinks}
          onTake={insert}
          onClose={() => closeFinder(link)}
        />
      )}
      <p id={`${draftName}-hint`} className="text-xs text-soft">
        Markdown; [[ finds what to link to.{" "}
        {isDirty && (kept ? "Not saved yet; a draft is kept in this browser." : "Not saved yet.")}
      </p>
      {(problem || tooLong) && (
        <p role="alert" className="text-sm text-danger">
          {problem ?? tooLong}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          busy={busy}
          aria-keyshortcuts="Meta+S Control+S"
          disabled={Boolean(tooLong) || theirs !== undefined}
          onClick={() => void save()}
          className="border-accent"
        >
          {problem ? "Try again" : "Save"}
        </Button>
        <Button disabled={busy} onClick={throwAway}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
