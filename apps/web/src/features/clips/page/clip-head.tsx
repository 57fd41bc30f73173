"use client"

import { limits } from "@strudel-agent/contract/limits"
import { PencilIcon } from "lucide-react"
import { type ReactNode, useEffect, useRef, useState } from "react"
import { readClipFacts } from "#shared/clip/clip-facts.ts"
import { ClipPicture, type Heard } from "#shared/clip/clip-picture.tsx"
import { bpmOfCode } from "#shared/clip/tempo-metadata.ts"
import { isCovered } from "#shared/keyboard/covered.ts"
import { Button, IconButton } from "#shared/ui/button.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Stripe } from "#shared/ui/stripe.tsx"
import { TagLink } from "#shared/ui/tag.tsx"

/** The tempo that metadata tell, and the one that the code sets where that is another. */
function Tempo({ bpm, heard }: { bpm: number | undefined; heard: number | undefined }) {
  const isOther = bpm !== undefined && heard !== undefined && Math.abs(heard / bpm - 1) > 0.02
  const shown = bpm ?? heard
  if (shown === undefined) return null
  return (
    <span>
      <span className="font-mono text-ink tabular-nums">{shown}</span> bpm
      {isOther && `; the code plays at ${heard}`}
    </span>
  )
}

function NameForm({ name, onDone }: { name: string; onDone: (name: string | undefined) => void }) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onDone(field.current?.value)
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

/** The head of a clip's page: where it belongs, its name, tempo and tags, and what can be done with it. */
export function ClipHead({
  projectId,
  name,
  metadata,
  heard,
  problem,
  locked,
  onRename,
  children,
}: {
  projectId: string
  name: string
  metadata: Record<string, unknown>
  /** What the stored code plays. */
  heard: Heard & { code: string; analysis: { cps: number | null } | null }
  /** What is wrong with the name. */
  problem: string | undefined
  /** Whether it cannot be renamed for the moment. */
  locked: boolean
  onRename: (name: string) => void
  /** Its buttons. */
  children: ReactNode
}) {
  const [renaming, setRenaming] = useState(false)
  const pencil = useRef<HTMLButtonElement>(null)
  const { bpm, scale, tags, color, description } = readClipFacts(metadata)

  useEffect(() => {
    if (locked) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "F2" || event.defaultPrevented || isCovered(event.target)) return
      event.preventDefault()
      setRenaming(true)
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [locked])

  function onDone(next: string | undefined) {
    setRenaming(false)
    if (next !== undefined && next.trim() !== name) onRename(next)
    requestAnimationFrame(() => pencil.current?.focus())
  }

  return (
    <header className="flex gap-4">
      <Stripe color={color} className="w-1.5 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <p className="text-sm text-soft">
          Clip of{" "}
          <Link
            href={`/projects/${encodeURIComponent(projectId)}`}
            className="underline decoration-line underline-offset-4 hover:text-ink hover:decoration-accent pointer-coarse:py-3.5"
          >
            {projectId}
          </Link>
        </p>
        <div className="flex min-h-11 items-start gap-2">
          <div className="min-w-0 flex-1">
            {renaming ? (
              <>
                <h1 className="sr-only">{name}</h1>
                <NameForm name={name} onDone={onDone} />
              </>
            ) : (
              <h1
                dir="auto"
                className="inline text-3xl font-semibold tracking-[-0.025em] text-balance [overflow-wrap:anywhere] md:text-4xl"
              >
                {name}{" "}
                <IconButton
                  ref={pencil}
                  label="Rename"
                  aria-keyshortcuts="F2"
                  disabled={locked}
                  className="align-middle"
                  onClick={() => setRenaming(true)}
                >
                  <PencilIcon aria-hidden="true" />
                </IconButton>
              </h1>
            )}
          </div>
          {children}
        </div>
        {problem && (
          <p role="alert" className="text-sm text-danger">
            {problem}
          </p>
        )}
        {description && <p className="max-w-3xl text-soft">{description}</p>}
        <div className="flex min-h-6 flex-wrap items-center gap-x-4 gap-y-1.5 text-sm text-soft">
          <Tempo bpm={bpm} heard={bpmOfCode({ code: heard.code, metadata, cps: heard.analysis?.cps ?? null })} />
          {scale && <span>{scale}</span>}
          {tags.length > 0 && (
            <ul aria-label="Tags" className="flex flex-wrap gap-1">
              {[...new Set(tags)].map((tag) => (
                <li key={tag}>
                  <TagLink tag={tag} list="/clips" />
                </li>
              ))}
            </ul>
          )}
        </div>
        <ClipPicture clip={heard} className="mt-1 h-20 w-full max-w-3xl" spoken />
      </div>
    </header>
  )
}
