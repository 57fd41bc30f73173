"use client"

import { CheckIcon, CopyIcon } from "lucide-react"
import { useEffect, useState } from "react"
import { writeClipboard } from "#shared/browser/clipboard.ts"
import { Button } from "./button.tsx"

/** Milliseconds that the button says how it went. */
const shown = 2000

/** Copies a text. Where the browser refuses, it says so. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [outcome, setOutcome] = useState<"copied" | "refused">()
  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(setOutcome, shown, undefined)
    return () => clearTimeout(timer)
  }, [outcome])

  async function copy() {
    try {
      await writeClipboard(text)
      setOutcome("copied")
    } catch {
      setOutcome("refused")
    }
  }

  return (
    <>
      <Button onClick={() => void copy()} aria-label={`Copy ${what}`} className="min-w-24">
        {outcome === "copied" ? <CheckIcon aria-hidden="true" /> : <CopyIcon aria-hidden="true" />}
        {outcome === "copied" ? "Copied" : "Copy"}
      </Button>
      <span role="status" className={outcome === "refused" ? "text-sm text-danger" : "sr-only"}>
        {outcome === "copied" && "Copied."}
        {outcome === "refused" && "The browser refused: select the code and copy it by hand."}
      </span>
    </>
  )
}
