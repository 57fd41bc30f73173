"use client"

import { useEffect, useState } from "react"

/** A text as it was when the typing last rested for so many milliseconds. */
export function useDebounced(text: string, rest: number): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(setRested, rest, text)
    return () => clearTimeout(timer)
  }, [text, rest])
  return rested
}
