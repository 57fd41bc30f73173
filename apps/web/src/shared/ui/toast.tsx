"use client"

import { Toaster as Sonner, toast } from "sonner"
import { forgetWayBack, keepWayBack } from "./take-back.ts"

/** Where short words about what was just done appear. Mounted once, behind every page. */
export const Toaster = () => (
  <Sonner
    position="bottom-center"
    offset={{ bottom: "calc(1.25rem + var(--player))" }}
    mobileOffset={{ bottom: "calc(4.5rem + var(--player) + env(safe-area-inset-bottom))" }}
    visibleToasts={4}
    containerAriaLabel="What was just done"
    toastOptions={{
      unstyled: true,
      classNames: {
        // One behind another is only as high as that one: its words would stand out above it.
        toast:
          "flex w-full items-center gap-3 rounded-card border border-line bg-raised py-2.5 pr-2.5 pl-4 font-sans text-sm text-ink shadow-xl md:w-[24rem] [&[data-front=false][data-expanded=false]>*]:opacity-0",
        content: "min-w-0 flex-1 [overflow-wrap:anywhere]",
        description: "text-soft",
        actionButton:
          "min-h-8 shrink-0 rounded-md border border-line bg-panel px-3 text-sm font-medium text-accent hover:border-edge",
        error: "border-danger",
        icon: "hidden",
      },
    }}
  />
)

interface Offer {
  name: string
  run: () => void
}

const undo = "Undo"

interface ToastOptions {
  duration: number
  offer?: Offer | undefined
  failed?: boolean
}

function show(text: string, { duration, offer, failed = false }: ToastOptions): string | number {
  const forget = ({ id }: { id: string | number }) => forgetWayBack(id)
  const action = offer && { label: offer.name, onClick: offer.run }
  const options = { duration, onDismiss: forget, onAutoClose: forget, ...(action && { action }) }
  const id = failed ? toast.error(text, options) : toast(text, options)
  if (offer?.name === undo) {
    keepWayBack(id, () => {
      toast.dismiss(id)
      offer.run()
    })
  }
  return id
}

/** Says in passing what was done, with one thing that can be done about it. */
export const showToast = (text: string, offer?: Offer): void =>
  void show(text, { duration: offer ? 8000 : 4000, offer })

/** Says what did not work; it stays longer. */
export const toastError = (text: string, offer?: Offer): void =>
  void show(text, { duration: 10_000, offer, failed: true })

/** Offers to take something back until `close` is called. */
export function offerUndo(text: string, run: () => void): { close: () => void } {
  const id = show(text, { duration: Number.POSITIVE_INFINITY, offer: { name: undo, run } })
  return {
    close() {
      forgetWayBack(id)
      toast.dismiss(id)
    },
  }
}

/** Milliseconds in which something can be taken back. */
const grace = 10_000

/** Offers for some seconds to take something back. */
export function offerForAWhile(text: string, undo: () => void): void {
  const { close } = offerUndo(text, undo)
  setTimeout(close, grace)
}
