import * as z from "zod/mini"

const Place = z.object({
  href: z.string().check(z.regex(/^\/(?:sessions|projects)\/[^/\\]/)),
  name: z.string().check(z.minLength(1), z.maxLength(300)),
})
export type RecentPlace = z.infer<typeof Place>

export const recentKey = "recent-places"
/** Places that are kept. */
export const mostRecent = 8

/** Reads what was kept; anything of another shape is nothing. */
export function readRecent(kept: string | null): RecentPlace[] {
  try {
    return z
      .array(Place)
      .parse(JSON.parse(kept ?? "[]"))
      .slice(0, mostRecent)
  } catch {
    return []
  }
}

/** The places that were looked at last, the last first; none where the browser keeps nothing. */
export function recentPlaces(): RecentPlace[] {
  try {
    return readRecent(localStorage.getItem(recentKey))
  } catch {
    return []
  }
}
