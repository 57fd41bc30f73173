/** What clip code may find in its realm beside JavaScript itself. */
const allowed = new Set([
  ...["globalThis", "self", "console", "setTimeout", "clearTimeout", "setInterval", "clearInterval", "queueMicrotask"],
  ...["structuredClone", "performance", "TextEncoder", "TextDecoder", "URL", "URLSearchParams", "atob", "btoa"],
  "DOMException",
  ...["Object", "Function", "Array", "Number", "parseFloat", "parseInt", "Infinity", "NaN", "undefined", "Boolean"],
  ...["String", "Symbol", "Date", "Promise", "RegExp", "Error", "AggregateError", "EvalError", "RangeError"],
  ...["ReferenceError", "SyntaxError", "TypeError", "URIError", "JSON", "Math", "Intl", "ArrayBuffer", "Uint8Array"],
  ...["Int8Array", "Uint16Array", "Int16Array", "Uint32Array", "Int32Array", "Float32Array", "Float64Array"],
  ...["Uint8ClampedArray", "BigUint64Array", "BigInt64Array", "DataView", "Map", "BigInt", "Set", "WeakMap"],
  ...["WeakSet", "WeakRef", "Iterator", "Proxy", "Reflect", "decodeURI", "decodeURIComponent", "encodeURI"],
  ...["encodeURIComponent", "escape", "unescape", "eval", "isFinite", "isNaN"],
])

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
