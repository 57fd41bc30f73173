interface Waiting<T> {
  value: T
  settle: { resolve: (isStored: boolean) => void; reject: (error: unknown) => void }
}

/**
 * Stores values one after another, each whole in itself. What comes while one is on its way waits for it; of those that
 * wait only the last is stored. Resolves with false for a value that a later one took the place of; rejects where the
 * value itself was not stored.
 */
export function latestPut<T>(store: (value: T) => Promise<unknown>) {
  let busy = false
  let waiting: Waiting<T> | undefined

  async function work(): Promise<void> {
    busy = true
    for (let one = waiting; one; one = waiting) {
      waiting = undefined
      try {
        await store(one.value)
        one.settle.resolve(true)
      } catch (error) {
        // A later value says all that this one did.
        if (waiting) one.settle.resolve(false)
        else one.settle.reject(error)
      }
    }
    busy = false
  }

  return (value: T): Promise<boolean> =>
    new Promise((resolve, reject) => {
      waiting?.settle.resolve(false)
      waiting = { value, settle: { resolve, reject } }
      if (!busy) void work()
    })
}
