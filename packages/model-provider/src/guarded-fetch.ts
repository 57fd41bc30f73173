/** Asks a provider; what sends a key elsewhere than to the address that was set is refused. */
export const guardedFetch: typeof globalThis.fetch = (input, init) =>
  globalThis.fetch(input, { ...init, redirect: "manual" })
