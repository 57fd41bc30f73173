/** A search in the one way of writing it: without what is empty, its names in order. */
export function canonical(search: string | URLSearchParams): string {
  const params = new URLSearchParams(search)
  for (const [name, value] of [...params]) if (!value.trim()) params.delete(name)
  params.sort()
  return params.toString()
}

/** A search with some of its values changed; null and the empty text take one out. */
export function withChanges(search: string | URLSearchParams, changes: Record<string, string | null>): string {
  const params = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    if (value) params.set(name, value)
    else params.delete(name)
  }
  return canonical(params)
}

/** Changes the address of a list without leaving the page: its filters live there. `keep` adds a step to go back to. */
export function changeAddress(pathname: string, search: string, keep = false): void {
  const address = search ? `${pathname}?${search}` : pathname
  if (keep) window.history.pushState(null, "", address)
  else window.history.replaceState(null, "", address)
}
