/** Characters that a storage holds at most. */
const most = 1_000_000

/** A `Storage` that lasts as long as what it is made for. */
export function createStorage() {
  const entries = new Map<string, string>()
  let size = 0
  const remove = (key: string) => {
    const former = entries.get(key)
    if (former === undefined) return
    entries.delete(key)
    size -= key.length + former.length
  }
  return {
    get length() {
      return entries.size
    },
    key: (index: number) => [...entries.keys()][index] ?? null,
    getItem: (key: unknown) => entries.get(String(key)) ?? null,
    setItem(key: unknown, value: unknown) {
      const [name, text] = [String(key), String(value)]
      remove(name)
      if (size + name.length + text.length > most) throw new RangeError("The storage is full")
      entries.set(name, text)
      size += name.length + text.length
    },
    removeItem: (key: unknown) => remove(String(key)),
    clear() {
      entries.clear()
      size = 0
    },
  }
}
