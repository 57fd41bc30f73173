/** What the realm lacks of a browser, or has beyond it. */
interface Host {
  names: readonly string[]
  has(name: string): boolean
  get(name: string): unknown
}

/** The realm's global object as a browser's window: what a clip sets on it is a global name. */
export function createWindow(host: Host): object {
  const isHosts = (name: PropertyKey): name is string => typeof name === "string" && host.has(name)
  const get = (name: PropertyKey): unknown => (isHosts(name) ? host.get(name) : Reflect.get(globalThis, name))
  const has = (name: PropertyKey) => isHosts(name) || Reflect.has(globalThis, name)
  return new Proxy(Object.create(null), {
    get: (_target, name) => get(name),
    has: (_target, name) => has(name),
    set: (_target, name, value) => isHosts(name) || Reflect.set(globalThis, name, value),
    deleteProperty: (_target, name) => isHosts(name) || Reflect.deleteProperty(globalThis, name),
    defineProperty: (_target, name, descriptor) =>
      isHosts(name) || Reflect.defineProperty(globalThis, name, { ...descriptor, configurable: true }),
    ownKeys: () => [...new Set([...Reflect.ownKeys(globalThis), ...host.names])],
    getOwnPropertyDescriptor: (_target, name) =>
      has(name) ? { value: get(name), writable: true, enumerable: true, configurable: true } : undefined,
  })
}
