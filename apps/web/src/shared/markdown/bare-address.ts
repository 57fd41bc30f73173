const scheme = /https?:\/\/|www\./iuy
const host = /(?:[^\s\p{P}\p{S}]|[-._])+/uy
/** What follows a site's name, up to a bracket that may close the words of a link. */
const path = /(?:[^\s<\]]|\](?![([\s]|$))*/uy
const trailing = "?!.,:*_~'\"]"

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ""
}

/** Whether it may be a site's name: underscores are for what is none. */
function isHost(name: string, labelsNeeded: number): boolean {
  const labels = name.replace(/[._]+$/, "").split(".")
  return labels.length >= labelsNeeded && labels[0] !== "" && !labels.slice(-2).some((label) => label.includes("_"))
}

/** Where a text ends without the entity at its end, such as `&amp;`, or else without its last sign. */
const withoutEntity = (text: string): number =>
  text.length - (/&[a-z\d]{1,31};$/i.exec(text.slice(-33))?.[0].length ?? 1)

/** An address without what ends the sentence around it: punctuation, and brackets that it did not open. */
function withoutTrailing(address: string): string {
  let open = 0
  for (const sign of address) open += sign === "(" ? 1 : sign === ")" ? -1 : 0
  let end = address.length
  while (end > 0) {
    const last = address.charAt(end - 1)
    if (last === ";") end = withoutEntity(address.slice(0, end))
    else if (trailing.includes(last)) end--
    else if (last === ")" && open++ < 0) end--
    else break
  }
  return address.slice(0, end)
}

/** The address of a site that begins at a place of a text, as GitHub finds them; empty where none does. */
export function addressAt(text: string, at: number): string {
  const begin = matchAt(scheme, text, at)
  if (begin === "") return ""
  const isNamed = begin.toLowerCase() === "www."
  const siteAt = isNamed ? at : at + begin.length
  const site = matchAt(host, text, siteAt)
  if (!isHost(site, isNamed ? 2 : 1)) return ""
  const end = siteAt + site.length
  return withoutTrailing(text.slice(at, end) + matchAt(path, text, end))
}

/** Characters of the name of a mailbox. */
const mostOfMailbox = 64
const mailbox = /(?<![\w.+/-])[\w.+-]+$/
const mailHost = /[a-z\d_-]+(?:\.[a-z\d_-]+)+/iy

/** The address of a mailbox around an `@` of a text; undefined where it is none. */
export function mailAt(text: string, at: number): { start: number; end: number } | undefined {
  const before = text.slice(Math.max(0, at - mostOfMailbox - 1), at)
  const name = mailbox.exec(before)?.[0] ?? ""
  const site = matchAt(mailHost, text, at + 1)
  const isWhole = name.length > 0 && name.length <= mostOfMailbox
  return isWhole && /[a-z]$/i.test(site) ? { start: at - name.length, end: at + 1 + site.length } : undefined
}
