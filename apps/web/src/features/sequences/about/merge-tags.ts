/** Tags that are meant, made of those that were seen, put on over those that are stored by now: nobody's change is lost. */
export function mergeTags({ seen, meant, stored }: { seen: string[]; meant: string[]; stored: string[] }): string[] {
  const off = new Set(seen.filter((tag) => !meant.includes(tag)))
  const kept = stored.filter((tag) => !off.has(tag))
  const on = meant.filter((tag) => !seen.includes(tag) && !kept.includes(tag))
  return [...kept, ...on]
}
