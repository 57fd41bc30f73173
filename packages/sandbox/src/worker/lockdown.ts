import { computingNames, languageNames } from "@strudel-agent/strudel/host-names"

/** What stays in the realm of clip code; what else a clip may expect of a browser, the engine stands in for. */
const allowed = new Set([...languageNames, ...computingNames, "self"])

/**
 * Takes out of this realm, and out of every prototype of its global object, all that is not in the list: network,
 * messages, storage, further workers, and what a later browser may bring. Returns the names that could not be taken.
 */
export function lockDown(realm: object): string[] {
  const left: string[] = []
  const listening = takeListening()
  for (let owner: object | null = realm; owner !== null; owner = Object.getPrototypeOf(owner)) {
    if (owner === Object.prototype) break
    for (const name of Object.getOwnPropertyNames(owner)) {
      if (name === "constructor" || allowed.has(name)) continue
      if (!remove(owner, name)) left.push(name)
    }
  }
  giveListening(listening, realm)
  Reflect.deleteProperty(URL, "createObjectURL")
  Reflect.deleteProperty(URL, "revokeObjectURL")
  return left
}

function remove(owner: object, name: string): boolean {
  if (Reflect.deleteProperty(owner, name)) return true
  return Reflect.defineProperty(owner, name, { value: undefined, writable: false })
}

const listeningNames = ["addEventListener", "removeEventListener", "dispatchEvent"]
// Clip code may put another one in its place.
const { apply, defineProperty } = Reflect

/** How event targets are listened to, which the realm's global object inherits. */
function takeListening(): { name: string; method: CallableFunction }[] {
  return listeningNames.flatMap((name) => {
    const method: unknown = Reflect.get(EventTarget.prototype, name)
    return typeof method === "function" ? [{ name, method }] : []
  })
}

/** Lets clip code listen to event targets that it makes, and never to the realm, whose messages are not for it. */
function giveListening(methods: { name: string; method: CallableFunction }[], realm: object): void {
  for (const { name, method } of methods) {
    const value = function (this: unknown, ...inputs: unknown[]): unknown {
      if (this === realm || this === undefined || this === null) throw new TypeError("The realm cannot be listened to")
      return apply(method, this, inputs)
    }
    defineProperty(EventTarget.prototype, name, { value, writable: true, configurable: true })
  }
}
