/** A `Storage` that lasts as long as what it is made for; it holds up to a million characters. */
export function createStorage() {
  const most = 1_000_000
  const entries = new Map<string, string>()
  const size = () => [...entries].reduce((sum, [key, value]) => sum + key.length + value.length, 0)
  return {
    get length() {
      return entries.size
    },
    key: (index: number) => [...entries.keys()][index] ?? null,
    getItem: (key: unknown) => entries.get(String(key)) ?? null,
    setItem(key: unknown, value: unknown) {
      if (size() + String(key).length + String(value).length > most) throw new RangeError("The storage is full")
      entries.set(String(key), String(value))
    },
    removeItem: (key: unknown) => void entries.delete(String(key)),
    clear: () => entries.clear(),
  }
}
