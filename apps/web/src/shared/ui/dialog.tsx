"use client"

import { Dialog as Base } from "@base-ui/react/dialog"
import { XIcon } from "lucide-react"
import { type ReactNode, type RefObject, useEffect, useRef } from "react"

const fields = [
  "input:not([type=hidden], [type=radio])",
  "input:checked",
  "textarea",
  "select",
  "[contenteditable=true]",
]
const firstField = fields.map((field) => `${field}:not(:disabled)`).join(", ")

/**
 * What has the focus as a dialog opens: a part that took it, its first field, or else the dialog itself, so that a key
 * that is typed too early presses none of its buttons.
 */
function firstOf(popup: HTMLElement | null): HTMLElement | true {
  const { activeElement } = document
  if (activeElement instanceof HTMLElement && popup?.contains(activeElement)) return activeElement
  return popup?.querySelector<HTMLElement>(firstField) ?? popup ?? true
}

/** Gives the focus to the first field where that comes after the dialog, as one whose choices are read first does. */
function useLateField(popup: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const observer = new MutationObserver(() => {
      if (document.activeElement === popup.current) popup.current?.querySelector<HTMLElement>(firstField)?.focus()
    })
    observer.observe(document.body, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [popup])
}

/** A dialog under a title. Its first field has the focus. It holds the focus, closes on escape, and gives the focus back. */
export function Dialog({
  title,
  note,
  wide = false,
  onClose,
  children,
}: {
  title: string
  note?: ReactNode
  /** For what needs room, such as a comparison. */
  wide?: boolean
  onClose: () => void
  children: ReactNode
}) {
  const popup = useRef<HTMLDivElement>(null)
  useLateField(popup)
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-50 bg-black/50" />
        <Base.Popup
          ref={popup}
          initialFocus={() => firstOf(popup.current)}
          className={`fixed top-[8dvh] left-1/2 z-50 flex max-h-[84dvh] w-[calc(100vw-1.5rem)] -translate-x-1/2 flex-col rounded-xl border border-line bg-panel text-ink shadow-2xl outline-none ${wide ? "max-w-[72rem]" : "max-w-lg"}`}
        >
          <header className="flex items-start gap-3 border-b border-line py-3 pr-2.5 pl-5">
            <div className="min-w-0 flex-1 py-1">
              <Base.Title className="text-base font-semibold tracking-tight [overflow-wrap:anywhere]">
                {title}
              </Base.Title>
              {note && <Base.Description className="mt-0.5 text-sm text-soft">{note}</Base.Description>}
            </div>
            <Base.Close
              aria-label="Close"
              title="Close"
              className="grid size-9 shrink-0 place-items-center rounded-md text-soft hover:bg-raised hover:text-ink"
            >
              <XIcon className="size-[1.125rem]" aria-hidden="true" />
            </Base.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** The last line of a dialog: its buttons. */
export const DialogActions = ({ children }: { children: ReactNode }) => (
  <div className="mt-5 flex flex-wrap items-center justify-end gap-2">{children}</div>
)
