/** The hosts that strudel.cc loads its samples from. */
export const usualOrigins = [
  "https://raw.githubusercontent.com",
  "https://strudel.b-cdn.net",
  "https://felixroos.github.io",
  "https://shabda.ndre.gr",
  "https://cdn.freesound.org",
]

/** Of `blob:https://…` the origin is that of what comes after, and no host is asked. */
const isOfHost = ({ protocol }: URL) => protocol === "https:" || protocol === "http:"

/** Origins out of a list with commas; a host without a scheme is one of https. Throws where an entry is none. */
export function parseOrigins(list: string): string[] {
  return list.split(",").flatMap((entry) => {
    const text = entry.trim()
    if (!text) return []
    const address = text.includes("://") ? text : `https://${text}`
    const url = URL.canParse(address) ? new URL(address) : null
    const isOrigin = url !== null && isOfHost(url) && url.href === `${url.origin}/`
    if (!isOrigin) throw new Error(`"${text}" is no origin such as https://samples.example`)
    return [url.origin]
  })
}

/** The address as it may be fetched, or null: its origin has to be on the list, letter by letter. */
export function allowedUrl(address: string, origins: readonly string[], base?: string): URL | null {
  const url = URL.canParse(address, base) ? new URL(address, base) : null
  if (!url || !isOfHost(url) || !origins.includes(url.origin) || url.username || url.password) return null
  url.hash = ""
  return url
}
