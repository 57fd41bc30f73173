"use client"

import { UploadIcon } from "lucide-react"
import { useEffect, useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { choose, requestImport } from "#shared/import-request/give.ts"
import { setOffer, useOffer } from "#shared/import-request/import-state.ts"
import { readDropped } from "#shared/import-request/read-dropped.ts"
import { useActions } from "#shared/keyboard/actions.ts"

const ImportDialog = onDemand(() => import("./import-dialog.tsx").then((part) => part.ImportDialog))

/**
 * Takes files that are dropped anywhere on the page, before anything else on it does: left to the browser, one of them
 * would take the page's place. Answers how to stop.
 */
function listen(setOver: (over: boolean) => void): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const options = { capture: true, signal }
  /** Whether what is dragged is of the page itself, such as a picture, which looks like a file to the browser. */
  let own = false
  const bringsFiles = (event: DragEvent) => !own && event.dataTransfer?.types.includes("Files") === true
  const setOwn = (value: boolean) => () => {
    own = value
  }
  addEventListener("dragstart", setOwn(true), options)
  addEventListener("dragend", setOwn(false), options)

  function onOver(event: DragEvent) {
    if (!event.dataTransfer || !bringsFiles(event)) return
    event.preventDefault()
    event.stopPropagation()
    event.dataTransfer.dropEffect = "copy"
    setOver(true)
  }
  addEventListener("dragenter", onOver, options)
  addEventListener("dragover", onOver, options)
  addEventListener(
    "dragleave",
    (event) => {
      if (event.relatedTarget === null) setOver(false)
    },
    options,
  )
  addEventListener(
    "drop",
    (event) => {
      setOver(false)
      if (!event.dataTransfer || !bringsFiles(event)) return
      event.preventDefault()
      event.stopPropagation()
      void requestImport(readDropped(event.dataTransfer))
    },
    options,
  )
  return () => stop.abort()
}

/** Where files come in: dropped on any page, or chosen. */
export function ImportHost() {
  const [over, setOver] = useState(false)
  const offer = useOffer()
  useEffect(() => listen(setOver), [])
  useActions(
    [
      {
        id: "import-files",
        name: "Import files…",
        group: "Make",
        keys: "c f",
        run: () => choose("files"),
      },
      {
        id: "import-folder",
        name: "Import a folder…",
        group: "Make",
        run: () => choose("folder"),
      },
    ],
    "everywhere",
  )
  return (
    <>
      {over && (
        <div
          aria-hidden="true"
          className="pointer-events-none fixed inset-2 z-[70] grid place-items-center rounded-xl border-2 border-dashed border-accent bg-canvas/90"
        >
          <p className="flex flex-col items-center gap-3 px-6 text-center text-lg font-medium">
            <UploadIcon className="size-8 text-accent" />
            Drop code, project folders, transcripts or strudel.cc’s export to import them
          </p>
        </div>
      )}
      {offer && <ImportDialog offer={offer} onClose={() => setOffer(undefined)} />}
    </>
  )
}
