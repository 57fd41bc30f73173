"use client"

import { fieldsOf, reasonOf } from "@strudel-agent/client/reason"
import { limits } from "@strudel-agent/contract/limits"
import { LinkIcon } from "lucide-react"
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react"
import { Finder } from "#shared/items/finder.tsx"
import { Markdown } from "#shared/markdown/markdown.tsx"
import { Button } from "#shared/ui/button.tsx"
import { offerForAWhile, say } from "#shared/ui/toast.tsx"
import { wordsOf } from "#shared/words/reasons.ts"
import { type Draft, dropDraft, keepDraft } from "./draft.ts"
import { type FoundLink, markdownLink, useFoundLinks } from "./found-links.ts"
import { movedRange } from "./moved-range.ts"
import { TextConflict } from "./text-conflict.tsx"
import type { TextPartProps } from "./text-part-props.ts"
import { type StoredText, saveText } from "./text-storage.ts"
import { useMissing } from "./use-missing.ts"

/** Milliseconds of rest after which a draft is kept. */
const rest = 300

const sayTooLong = (text: string): string | undefined => {
  const bytes = new TextEncoder().encode(text).length
  const most = limits.bodyBytes
  return bytes > most ? `It is ${(bytes - most).toLocaleString("en-GB")} bytes longer than a text may be.` : undefined
}

/** Keeps what is written in this browser until it is stored, and asks before the page is left. */
function useDraft(name: string, text: string, base: StoredText) {
  const [kept, setKept] = useState(true)
  const isDirty = text !== base.text
  const latest = useRef({ text, base, isDirty })
  useEffect(() => {
    latest.current = { text, base, isDirty }
    if (!isDirty) {
      dropDraft(name)
      return
    }
    const timer = setTimeout(() => {
      setKept(keepDraft(name, { text, base: base.text, updatedAt: base.updatedAt, at: Date.now() }))
    }, rest)
    return () => clearTimeout(timer)
  }, [name, text, base, isDirty])
  useEffect(() => {
    const keep = () => {
      const { text, base, isDirty } = latest.current
      if (isDirty) keepDraft(name, { text, base: base.text, updatedAt: base.updatedAt, at: Date.now() })
      return isDirty
    }
    const onLeave = (event: BeforeUnloadEvent) => keep() && event.preventDefault()
    addEventListener("beforeunload", onLeave)
    return () => {
      removeEventListener("beforeunload", onLeave)
      if (keep()) say("What you wrote is kept as a draft in this browser.")
    }
  }, [name])
  return {
    kept,
    isDirty,
    settle: () => {
      latest.current.isDirty = false
      dropDraft(name)
    },
  }
}

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
  draft: Draft | undefined
  onDone: () => void
  /** Goes back to what was thrown away. */
  onReopen: (draft: Draft) => void
}) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [from, setFrom] = useState<StoredText>(
    draft ? { text: draft.base, updatedAt: draft.updatedAt } : { text: stored.text, updatedAt: stored.updatedAt },
  )
  const [text, setText] = useState(draft?.text ?? stored.text)
  const [view, setView] = useState<"write" | "preview">("write")
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [theirs, setTheirs] = useState<StoredText>()
  const [link, setLink] = useState<LinkQuery>()
  const caret = useRef<number>(undefined)
  const { kept, isDirty, settle } = useDraft(draftName, text, from)
  const missing = useMissing(text, base, broken && { text: stored.text, keys: broken })
  const tooLong = sayTooLong(text)

  useEffect(() => field.current?.focus({ preventScroll: true }), [])
  useLayoutEffect(() => {
    if (caret.current === undefined || link) return
    field.current?.focus()
    field.current?.setSelectionRange(caret.current, caret.current)
    caret.current = undefined
  })

  async function save(over: StoredText = from) {
    if (busy || tooLong) return
    setBusy(true)
    setProblem(undefined)
    try {
      const outcome = await saveText(storage, text, over)
      if ("theirs" in outcome) {
        setTheirs(outcome.theirs)
        return
      }
      settle()
      onDone()
    } catch (error) {
      const told = Object.values(fieldsOf(error))[0]
      setProblem(`Not saved; what you wrote is kept. ${told ?? wordsOf(reasonOf(error) ?? "INTERNAL")}`)
    } finally {
      setBusy(false)
    }
  }

  /** Lets go of what was written, with a way back. */
  function throwAway() {
    const written = { text, base: from.text, updatedAt: from.updatedAt, at: Date.now() }
    settle()
    onDone()
    if (isDirty) offerForAWhile("Thrown away what you wrote.", () => onReopen(written))
  }

  function insert(found: FoundLink) {
    const { from: start, to } = link ?? { from: text.length, to: text.length }
    const inserted = markdownLink(found)
    setText(text.slice(0, start) + inserted + text.slice(to))
    caret.current = start + inserted.length
    setLink(undefined)
  }

  function onKeyDown(event: KeyboardEvent) {
    const isCommand = event.metaKey || event.ctrlKey
    if (isCommand && event.key.toLowerCase() === "s") void save()
    else if (isCommand && event.key === "Enter") void save()
    else if (event.key === "Escape" && !isDirty) onDone()
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
            setFrom(theirs)
            setTheirs(undefined)
            void save(theirs)
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
        <Button onClick={askForLink}>
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
            setText(target.value)
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
          onClose={() => {
            caret.current = link.to
            setLink(undefined)
          }}
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
        <Button onClick={throwAway}>Cancel</Button>
      </div>
    </div>
  )
}
