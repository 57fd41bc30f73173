/**
 * The realm's global object as a browser's window: what a clip sets on it is a global name; `host` tells what the realm
 * lacks of a browser, or has beyond it.
 */
export function createWindow(host: ReadonlyMap<PropertyKey, unknown>): object {
  const get = (name: PropertyKey): unknown => (host.has(name) ? host.get(name) : Reflect.get(globalThis, name))
  const has = (name: PropertyKey) => host.has(name) || Reflect.has(globalThis, name)
  return new Proxy(Object.create(null), {
    get: (_target, name) => get(name),
    has: (_target, name) => has(name),
    set: (_target, name, value) => host.has(name) || Reflect.set(globalThis, name, value),
    deleteProperty: (_target, name) => host.has(name) || Reflect.deleteProperty(globalThis, name),
    defineProperty: (_target, name, descriptor) =>
      host.has(name) || Reflect.defineProperty(globalThis, name, { ...descriptor, configurable: true }),
    ownKeys: () => [...new Set([...Reflect.ownKeys(globalThis), ...host.keys()])].filter(isName),
    getOwnPropertyDescriptor: (_target, name) =>
      has(name) ? { value: get(name), writable: true, enumerable: true, configurable: true } : undefined,
  })
}

const isName = (key: PropertyKey): key is string | symbol => typeof key !== "number"
