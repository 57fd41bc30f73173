/** What a promise brings, or another where it fails or takes longer than so many milliseconds. */
export const inTime = <T>(promise: Promise<T>, milliseconds: number, otherwise: T): Promise<T> =>
  Promise.race([
    promise.catch(() => otherwise),
    new Promise<T>((resolve) => setTimeout(resolve, milliseconds, otherwise)),
  ])
