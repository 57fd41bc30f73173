import { SampleFailure } from "./sample-failure.ts"

/** Lets so many works run at once and so many wait, in the order in which they came; more are refused with SAMPLES_BUSY. */
export function createGate({ running: most, waiting: room }: { running: number; waiting: number }) {
  const waiting: (() => void)[] = []
  let running = 0

  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running < most) running++
    else {
      if (waiting.length >= room) throw new SampleFailure("SAMPLES_BUSY", "The server loads as many sounds as it can")
      await new Promise<void>((begin) => waiting.push(begin))
    }
    try {
      return await work()
    } finally {
      // Who waits takes the place over.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
