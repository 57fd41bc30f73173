"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { type ReactNode, useRef } from "react"
import { useNear } from "#shared/collection/use-near.ts"
import { Button } from "#shared/ui/button.tsx"
import { wordsOf } from "#shared/words/reasons.ts"
import type { EdgeState } from "./use-transcript.ts"

interface EdgeProps {
  edge: EdgeState
  /** Whether there is more beyond. */
  more: boolean
  /** Whether everything that is loaded has been drawn. */
  drawn: boolean
  read: () => void
}

const shape = "flex min-h-16 items-center justify-center gap-3 text-sm text-soft"

/** An end of what is loaded, which reads on when the reader comes near. */
function Edge({ edge: { busy, error }, more, drawn, read, children }: EdgeProps & { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  const failed = error !== undefined
  useNear(ref, read, drawn && more && !busy && !failed)
  if (!failed) return <div ref={ref}>{children}</div>
  return (
    <div ref={ref} role="alert" className={shape}>
      {wordsOf(reasonOf(error) ?? "INTERNAL")}
      <Button busy={busy} onClick={read}>
        Try again
      </Button>
    </div>
  )
}

/** The upper end: older messages, or the place where the session begins. */
export const Beginning = ({ words, ...edge }: EdgeProps & { words: string }) => (
  <Edge {...edge}>
    <p className={shape}>{edge.more ? "Reading older messages…" : words}</p>
  </Edge>
)

/** The lower end: newer messages where some are left. */
export const End = (edge: EdgeProps) => (
  <Edge {...edge}>{edge.more ? <p className={shape}>Reading newer messages…</p> : <div className="h-4" />}</Edge>
)
