"use client"

import { useEffect, useState } from "react"

/** Milliseconds of rest after which what was typed is looked for. */
const rest = 120

/** A text as it was when the typing last rested. */
export function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(setRested, rest, text)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}
