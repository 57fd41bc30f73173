const year = 365 * 24 * 60 * 60

/** Keeps a value in a cookie of this site for a year; null lets go of it. */
export function keepCookie(name: string, value: string | null): void {
  const age = value === null ? 0 : year
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers that the page supports.
  document.cookie = `${name}=${encodeURIComponent(value ?? "")}; path=/; max-age=${age}; samesite=lax`
}
