const nameBytes = 255

/**
 * Where what stands in a file is kept beside it: a name that tells one content from another, and its copies, as long as
 * names may be.
 */
export function conflictPath(path: string, digest: string, copy = 1): string {
  const ending = `.${digest.slice(0, 8)}${copy > 1 ? `-${copy}` : ""}.conflict`
  const slash = path.lastIndexOf("/") + 1
  const name = [...path.slice(slash)]
  while (Buffer.byteLength(name.join("")) + ending.length > nameBytes) name.pop()
  return `${path.slice(0, slash)}${name.join("")}${ending}`
}
