interface Realm {
  setTimeout: (work: TimerHandler, delay?: number, ...inputs: unknown[]) => number
  setInterval: (work: TimerHandler, delay?: number, ...inputs: unknown[]) => number
  clearTimeout: (timer?: number) => void
}

/**
 * Puts timers into a realm that last no longer than the answer in whose making they were set: what a clip leaves running
 * would be held against the next one. Returns what clears them, out of reach of code that changes prototypes.
 */
export function keepTimers(realm: object & Realm): () => void {
  const { create, defineProperty } = Object
  const clear = realm.clearTimeout.bind(realm)
  let open: { [timer: number]: true } = create(null)
  for (const name of ["setTimeout", "setInterval"] as const) {
    const set = realm[name].bind(realm)
    for (let owner = Object.getPrototypeOf(realm); owner !== null; owner = Object.getPrototypeOf(owner)) {
      Reflect.deleteProperty(owner, name)
    }
    const value = (work: TimerHandler, delay?: number, ...inputs: unknown[]) => {
      const timer = set(work, delay, ...inputs)
      open[timer] = true
      return timer
    }
    defineProperty(realm, name, { value, writable: true, configurable: true })
  }
  return () => {
    const former = open
    open = create(null)
    for (const timer in former) clear(+timer)
  }
}
