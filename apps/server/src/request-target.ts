const absolute = /^https?:\/\/([^/?#]*)/i

/** Percent codes of signs that mean the same written plainly: letters, digits, `-`, `.`, `_` and `~` (RFC 3986, 2.3). */
const plainCode = /%(?:2[DE]|3\d|4[1-9A-F]|5[\dAF]|6[1-9A-F]|7[\dAE])/gi

/** The authority that a request target in absolute form names (`GET http://host/path`); undefined in any other form. */
export const authorityOf = (target: string): string | undefined => absolute.exec(target)?.[1]

/**
 * A request target as everything behind the door judges it: its path and query alone, without a percent code that could
 * be written plainly, so that no spelling of a path is another path to a guard than it is to the router. The query stays
 * as it is, byte for byte.
 */
export function plainTarget(target: string): string {
  const [local = ""] = target.replace(absolute, "").split("#")
  const path = pathOf(local)
  const plain = path.replace(plainCode, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
  return (plain || "/") + local.slice(path.length)
}

/** The path of a target, up to its query. */
export function pathOf(target: string): string {
  const query = target.indexOf("?")
  return query < 0 ? target : target.slice(0, query)
}
