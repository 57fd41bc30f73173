"use client"

import { useEffect, useState } from "react"
import { Button } from "#shared/ui/button.tsx"

/** Prints the page once all of it has come. */
export function PrintButton() {
  const [complete, setComplete] = useState(false)
  useEffect(() => {
    const look = () => setComplete(document.readyState === "complete")
    look()
    document.addEventListener("readystatechange", look)
    return () => document.removeEventListener("readystatechange", look)
  }, [])
  return (
    <span data-screen>
      <Button busy={!complete} disabled={!complete} onClick={() => print()}>
        {complete ? "Print" : "Reading…"}
      </Button>
    </span>
  )
}
