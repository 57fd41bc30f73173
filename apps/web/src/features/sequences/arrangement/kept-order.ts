/** An order that is not stored yet. */
export interface KeptOrder {
  ids: string[]
  /** The stored order that it was made on. */
  base: string[]
}

const keyOf = (name: string) => `strudel-agent/order/${name}`

const isIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((id: unknown) => typeof id === "string")

const isKept = (value: unknown): value is KeptOrder =>
  typeof value === "object" && value !== null && isIds(Reflect.get(value, "ids")) && isIds(Reflect.get(value, "base"))

/** Keeps an order in this browser, so that it outlives a reload; undefined lets go of it. */
export function keepOrder(name: string, order: KeptOrder | undefined): void {
  try {
    if (order) localStorage.setItem(keyOf(name), JSON.stringify(order))
    else localStorage.removeItem(keyOf(name))
  } catch {
    // Without room the page itself still has it, and asks before it is left.
  }
}

export function readOrder(name: string): KeptOrder | undefined {
  try {
    const order: unknown = JSON.parse(localStorage.getItem(keyOf(name)) ?? "null")
    return isKept(order) ? order : undefined
  } catch {
    return undefined
  }
}
