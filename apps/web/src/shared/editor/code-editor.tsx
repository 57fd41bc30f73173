"use client"

import type { Extension } from "@codemirror/state"
import type { EditorView } from "@codemirror/view"
import { useEffect, useId, useRef, useState } from "react"
import { flushSync } from "react-dom"
import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import { StaticCode } from "./static-code.tsx"

const load = () => loadWithRetry(() => import("./editor-handle.ts"))
type Handle = ReturnType<Awaited<ReturnType<typeof load>>["openEditor"]>

const none: Extension = []

/**
 * An editor of code. Until its own code is there, and where no script runs, it shows the same lines at the same places.
 * A `value` from outside takes the place of what differs and leaves the cursor where it was; one that the editor itself
 * gave out changes nothing, however late it comes back.
 */
export function CodeEditor({
  value,
  onChange,
  label,
  readOnly = false,
  line,
  extensions = none,
  withVisuals = false,
  onReady,
}: {
  value: string
  onChange: (code: string) => void
  label: string
  readOnly?: boolean
  /** Where the cursor is put when the editor opens, and whenever it changes: a line's number from 1. */
  line?: number | undefined
  /** Parts that come with the editor, such as marks of errors. Another list takes the place of the one before. */
  extensions?: Extension
  /** Whether what the code draws has a place below its line. */
  withVisuals?: boolean
  onReady?: (view: EditorView) => void
}) {
  const parent = useRef<HTMLDivElement>(null)
  const wanted = useRef(false)
  const latest = useRef({ value, onChange, label, readOnly, extensions, withVisuals, onReady })
  const [handle, setHandle] = useState<Handle>()
  const help = useId()
  latest.current = { value, onChange, label, readOnly, extensions, withVisuals, onReady }

  useEffect(() => {
    let opened: Handle | undefined
    let left = false
    void load().then(({ openEditor }) => {
      if (left || !parent.current) return
      const focused = wanted.current || parent.current.parentElement?.contains(document.activeElement)
      opened = openEditor({
        parent: parent.current,
        value: latest.current.value,
        describedBy: help,
        withVisuals: latest.current.withVisuals,
        onChange: (code) => latest.current.onChange(code),
      })
      opened.configure(latest.current)
      // In one step, or both would be there at once.
      flushSync(() => setHandle(opened))
      if (focused) opened.view.focus()
      latest.current.onReady?.(opened.view)
    })
    return () => {
      left = true
      opened?.view.destroy()
      setHandle(undefined)
    }
  }, [help])

  useEffect(() => handle?.configure({ label, readOnly, extensions }), [handle, label, readOnly, extensions])
  useEffect(() => handle?.show(value), [handle, value])
  useEffect(() => {
    if (line !== undefined) handle?.goTo(line)
  }, [handle, line])

  return (
    <div
      data-editor={handle ? "ready" : "loading"}
      className="min-h-[calc(3*1.3125rem+1.5rem)] rounded-b-card border border-line bg-panel focus-within:border-edge"
    >
      <div ref={parent} />
      {!handle && (
        // biome-ignore lint/a11y/noStaticElementInteractions: whoever clicks here wants the editor that is on its way.
        // biome-ignore lint/a11y/useKeyWithClickEvents: with the keyboard its focus tells the same.
        <div onClick={() => (wanted.current = true)}>
          <StaticCode code={value} label={label} withVisuals={withVisuals} />
        </div>
      )}
      <p id={help} className="sr-only">
        Tab indents. To leave the editor, press Escape and then Tab.
      </p>
    </div>
  )
}
