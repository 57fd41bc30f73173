/** What leads along a list of elements or up from one: a walk there ends at once. */
const ends = new Set([
  ...["firstChild", "lastChild", "nextSibling", "previousSibling", "parentNode", "parentElement"],
  ...["firstElementChild", "lastElementChild", "nextElementSibling", "previousElementSibling"],
])

/**
 * Stands in for what a clip may call, read, make and set as it likes: everything leads to the same again, is 0 as a number
 * and empty as a list or a text, so that loops over it end. `note` is told whenever it is used.
 */
export function createNothing(note: () => void): object {
  // A function that may be called and made: a class may extend it, too.
  const target: (this: unknown) => void = function nothing() {}
  const own = new Map<PropertyKey, unknown>()
  const nothing: object = new Proxy(target, {
    get(_target, name) {
      note()
      if (own.has(name)) return own.get(name)
      if (name === "prototype") return target.prototype
      if (name === "then" || name === "toJSON") return undefined
      if (name === "length" || name === "size") return 0
      if (name === Symbol.toPrimitive) return (hint: string) => (hint === "string" ? "" : 0)
      if (name === Symbol.iterator) return () => [][Symbol.iterator]()
      if (typeof name === "symbol") return undefined
      return ends.has(name) ? null : nothing
    },
    set(_target, name, value) {
      note()
      own.set(name, value)
      return true
    },
    apply() {
      note()
      return nothing
    },
    construct(_target, _inputs, made) {
      note()
      // An instance of a class that extends it has its own methods; of itself, there is nothing.
      return made === nothing ? nothing : Object.create(made.prototype)
    },
    has: () => true,
    deleteProperty: (_target, name) => own.delete(name) || true,
  })
  return nothing
}
