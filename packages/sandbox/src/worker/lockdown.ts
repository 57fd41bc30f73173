import { computingNames, languageNames } from "@strudel-agent/strudel/host-names"

/** What stays in the realm of clip code; what else a clip may expect of a browser, the engine stands in for. */
const allowed = new Set([...languageNames, ...computingNames, "self"])

/**
 * Takes out of this realm, and out of every prototype of its global object, all that is not in the list: network,
 * messages, storage, further workers, and what a later browser may bring. Returns the names that could not be taken.
 */
export function lockDown(realm: object): string[] {
  const left: string[] = []
  for (let owner: object | null = realm; owner !== null; owner = Object.getPrototypeOf(owner)) {
    if (owner === Object.prototype) break
    for (const name of Object.getOwnPropertyNames(owner)) {
      if (name === "constructor" || allowed.has(name)) continue
      if (!remove(owner, name)) left.push(name)
    }
  }
  Reflect.deleteProperty(URL, "createObjectURL")
  Reflect.deleteProperty(URL, "revokeObjectURL")
  return left
}

function remove(owner: object, name: string): boolean {
  if (Reflect.deleteProperty(owner, name)) return true
  return Reflect.defineProperty(owner, name, { value: undefined, writable: false })
}
