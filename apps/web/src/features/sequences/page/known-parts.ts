"use client"

import { useCallback, useMemo, useState } from "react"
import type { Part } from "#shared/song/part.ts"

/** The parts that a page knows by id: those of its song or playlist, and those that were found to be added. */
export function useKnownParts<Stored>(stored: Stored[], partOf: (one: Stored) => Part) {
  const [found, setFound] = useState<Part[]>([])
  const parts = useMemo(
    () => new Map([...found, ...stored.map(partOf)].map((part): [string, Part] => [part.id, part])),
    [found, stored, partOf],
  )
  const add = useCallback((part: Part) => setFound((before) => [...before, part]), [])
  return { parts, add }
}
