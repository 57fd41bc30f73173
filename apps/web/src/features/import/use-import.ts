"use client"

import type { InputReport } from "@strudel-agent/importer/import-input-files"
import { useEffect, useReducer, useRef } from "react"
import { closeWelcome } from "#shared/first-steps/welcome-cookie.ts"
import type { Offer } from "#shared/import-request/import-state.ts"
import type { Asked, FoundSummary, ImportMessage } from "./import-messages.ts"

/** Where an import is. */
export type ImportStage =
  | { is: "reading"; name: string | undefined }
  | { is: "found"; found: FoundSummary }
  | { is: "running"; done: number; total: number; words: string; cancelling: boolean }
  | { is: "done"; report: InputReport }
  | { is: "failed"; why: string }

function next(stage: ImportStage, event: ImportMessage | { type: "cancelling" }): ImportStage {
  switch (event.type) {
    case "reading":
      return { is: "reading", name: event.name }
    case "found":
      return { is: "found", found: event.found }
    case "progress": {
      const { done, total, words } = event
      return { is: "running", done, total, words, cancelling: stage.is === "running" && stage.cancelling }
    }
    case "cancelling":
      return stage.is === "running" ? { ...stage, cancelling: true } : stage
    case "done":
      return { is: "done", report: event.report }
    case "failed":
      return { is: "failed", why: event.why }
  }
}

/** Finds out in a worker what was given, and imports it there, so that the page goes on meanwhile. */
export function useImport({ given }: Offer, onDone: () => void) {
  const [stage, tell] = useReducer(next, { is: "reading", name: undefined })
  const worker = useRef<Worker>(undefined)
  const whenDone = useRef(onDone)
  useEffect(() => {
    whenDone.current = onDone
  })
  useEffect(() => {
    const own = new Worker(new URL("./import-worker.ts", import.meta.url), { type: "module" })
    worker.current = own
    own.onmessage = ({ data }: MessageEvent<ImportMessage>) => {
      tell(data)
      // Who brought work of their own is no newcomer.
      if (data.type === "done") closeWelcome()
      if (data.type === "done" || data.type === "failed") whenDone.current()
    }
    own.onerror = () => tell({ type: "failed", why: "The import stopped. Reload the page, and import the same again." })
    own.postMessage({ type: "find", given } satisfies Asked)
    return () => own.terminate()
  }, [given])

  return {
    stage,
    begin(choice: Omit<Extract<Asked, { type: "import" }>, "type">) {
      tell({ type: "progress", done: 0, total: 0, words: "" })
      worker.current?.postMessage({ type: "import", ...choice } satisfies Asked)
    },
    cancel() {
      tell({ type: "cancelling" })
      worker.current?.postMessage({ type: "cancel" } satisfies Asked)
    },
  }
}
