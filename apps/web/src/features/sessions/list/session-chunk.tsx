"use client"

import { type ReactNode, useEffect, useRef, useState } from "react"
import { roles, rowHeight } from "../facts/session-columns.ts"
import type { SessionChunk as Chunk, PageStart } from "./session-pages.ts"

/** Pixels beyond the visible part in which rows are drawn. */
const margin = 1600

/** Some rows of the list; far from the visible part nothing but their room. */
export function SessionChunk({
  chunk: { id, start, sessions },
  atFirst,
  kept,
  onNear,
  children,
}: {
  chunk: Chunk
  /** Whether it is drawn before anybody knows where it is. */
  atFirst: boolean
  /** Whether it is drawn wherever it is, as where the focus may go. */
  kept: boolean
  onNear: (chunk: string, start?: PageStart) => void
  /** Draws the rows. */
  children: () => ReactNode
}) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [near, setNear] = useState(atFirst)
  useEffect(() => {
    const element = body.current
    if (!element) return
    const observer = new IntersectionObserver(
      (entries) => {
        const isNear = entries.at(-1)?.isIntersecting ?? false
        setNear(isNear)
        onNear(id, isNear ? start : undefined)
      },
      { rootMargin: `${margin}px 0px` },
    )
    observer.observe(element)
    return () => {
      observer.disconnect()
      onNear(id)
    }
  }, [id, start, onNear])
  const shape = "block [overflow-anchor:none]"
  if (near || kept) {
    return (
      <tbody ref={body} {...roles.group} data-chunk={id} className={shape}>
        {children()}
      </tbody>
    )
  }
  return (
    <tbody ref={body} aria-hidden="true" className={shape} style={{ height: `${sessions.length * rowHeight}rem` }} />
  )
}
